import { generateKeyPairSync } from 'node:crypto'
import type { Registration } from '@spa-dance/emulator'
import type { ExchangeClient } from '@spa-dance/exchange-server'
import type { Provider } from '@spa-dance/providers'

const publicKeyEncoding = { type: 'spki', format: 'pem' } as const
const privateKeyEncoding = { type: 'pkcs8', format: 'pem' } as const

// Some know an app by a key pair. These live as long as the process does.
const rsa = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding,
  privateKeyEncoding,
})
const curve = generateKeyPairSync('ec', {
  namedCurve: 'P-256',
  publicKeyEncoding,
  privateKeyEncoding,
})

/** An app behind the exchange: what its provider is told of it, and what the exchange is. */
export interface Registered {
  readonly atProvider: Omit<Registration, 'redirectUris'>
  readonly atExchange: ExchangeClient
}

/** Registers an app as the provider's declaration wants it: by a secret or by a key. */
export function register(clientId: string, provider: Provider): Registered {
  const secret = `${clientId}-secret`
  const bySecret = { clientId, clientSecret: secret }
  if (provider.protocol === 'oauth1') {
    const { signature } = provider
    return signature === 'RSA-SHA1' || signature === 'RSA-SHA256'
      ? {
          atProvider: { clientId, publicKey: rsa.publicKey },
          atExchange: {
            provider: { ...provider, signature },
            consumerKey: clientId,
            privateKey: rsa.privateKey,
          },
        }
      : {
          atProvider: bySecret,
          atExchange: {
            provider: { ...provider, signature },
            consumerKey: clientId,
            consumerSecret: secret,
          },
        }
  }
  if (provider.token?.signedFor === undefined) {
    return { atProvider: bySecret, atExchange: { provider, ...bySecret } }
  }
  const { privateKey: signingKey, publicKey } = curve
  return {
    atProvider: { clientId, publicKey },
    atExchange: { provider, clientId, teamId: 'TEAM123456', keyId: 'KEY1234567', signingKey },
  }
}
