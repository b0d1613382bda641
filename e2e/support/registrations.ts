import { generateKeyPairSync } from 'node:crypto'
import type { Registration } from '@spa-dance/emulator'
import type { ExchangeClient } from '@spa-dance/exchange-server'
import type { Provider } from '@spa-dance/providers'
import { clientIdOf, rows, type ProviderRow } from './provider-table.ts'

const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})

/** What Apple knows an app by. */
const curve = generateKeyPairSync('ec', {
  namedCurve: 'P-256',
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})

const signsSecret = (provider: Provider): boolean =>
  provider.protocol !== 'oauth1' && provider.token?.signedFor !== undefined

const secretOf = (id: string): string => `${clientIdOf(id)}-secret`

/** What a provider is told of the app: no secret, where the page itself is the client. */
function registrationOf(
  { id, route, provider }: ProviderRow,
  appUrl: string,
  exchangeUrl: string,
): Registration {
  const clientId = clientIdOf(id)
  if (route === 'direct') return { clientId, redirectUris: [`${appUrl}/callback/${id}`] }
  const proof = signsSecret(provider)
    ? { publicKey: curve.publicKey }
    : provider.protocol === 'oauth1' && provider.signature === 'RSA-SHA1'
      ? { publicKey }
      : { clientSecret: secretOf(id) }
  return { clientId, ...proof, redirectUris: [`${exchangeUrl}/${id}/callback`] }
}

/** The apps of the whole table, by the emulated provider. */
export const registrationsOf = (
  appUrl: string,
  exchangeUrl: string,
): Readonly<Record<string, readonly Registration[]>> =>
  Object.fromEntries(
    rows.map(({ provider: { id } }) => [
      id,
      rows
        .filter(({ provider }) => provider.id === id)
        .map((row) => registrationOf(row, appUrl, exchangeUrl)),
    ]),
  )

/** What the exchange knows of a row's client. */
export function exchangeClient(id: string, provider: Provider): ExchangeClient {
  const clientId = clientIdOf(id)
  if (provider.protocol !== 'oauth1') {
    const proof = signsSecret(provider)
      ? { teamId: 'E2ETEAM123', keyId: 'E2EKEY1234', signingKey: curve.privateKey }
      : { clientSecret: secretOf(id) }
    return { provider, clientId, ...proof }
  }
  return provider.signature === 'RSA-SHA1'
    ? { provider: { ...provider, signature: 'RSA-SHA1' }, consumerKey: clientId, privateKey }
    : {
        provider: { ...provider, signature: 'HMAC-SHA1' },
        consumerKey: clientId,
        consumerSecret: secretOf(id),
      }
}
