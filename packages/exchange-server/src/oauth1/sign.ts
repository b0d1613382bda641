import type { OAuth1ClientConfig } from '../config/types.ts'
import type { ExchangeCrypto } from '../crypto/types.ts'
import { withAuthorization } from '../guards/headers.ts'
import type { OAuth1Token } from '../seal/kinds.ts'
import type { Transport, TransportAnswer } from '../types.ts'
import { authorizationHeader, baseString } from './base-string.ts'
import { createClock, type Clock } from './clock.ts'
import { percentEncode, type Pair } from './params.ts'
import { hashOf, signsByKey } from './method.ts'
import { importPrivateKey } from './private-key.ts'

/** A request to sign. */
export interface ToSign {
  readonly method: string
  /** The very URL that is sent. */
  readonly url: URL
  /** Decoded pairs of its query and, where it is a form, of its body. */
  readonly pairs: readonly Pair[]
  readonly token?: OAuth1Token | undefined
  /** Further protocol parameters, such as `oauth_callback`. */
  readonly extra?: Readonly<Record<string, string>>
}

/**
 * Makes a transport that signs what it sends as this request. Where the provider's clock says another
 * time it does so once more, by that clock.
 */
export type Signer = (transport: Transport, request: ToSign) => Transport

/** The signer of a client. */
export function createSigner(client: OAuth1ClientConfig, crypto: ExchangeCrypto): Signer {
  const clock = createClock()
  const authorization = createAuthorization(client, crypto, clock)
  return (transport, request) => async (url, init) => {
    const send = async (): Promise<TransportAnswer> => {
      return transport(url, withAuthorization(init, await authorization(request)))
    }
    const response = await send()
    if (!clock.learn(response)) return response
    await response.body?.[Symbol.asyncIterator]().return?.()
    return send()
  }
}

/** Makes the value of `Authorization` for a request. Each call has its own nonce and time. */
type Authorization = (request: ToSign) => Promise<string>

export function createAuthorization(
  client: OAuth1ClientConfig,
  crypto: ExchangeCrypto,
  clock: Clock,
): Authorization {
  const signature = createSignature(client, crypto)
  return async ({ method, url, pairs, token, extra }) => {
    const oauth: Record<string, string> = {
      oauth_consumer_key: client.consumerKey,
      // The platform draws these in advance. Some providers take word characters only.
      oauth_nonce: globalThis.crypto.randomUUID().replaceAll('-', ''),
      oauth_signature_method: client.provider.signature,
      oauth_timestamp: String(clock.now()),
      oauth_version: '1.0',
      ...(token && { oauth_token: token.token }),
      ...extra,
    }
    const text = baseString({ method, url, pairs, oauth })
    return authorizationHeader({ ...oauth, oauth_signature: await signature(text, token?.secret) })
  }
}

type Signature = (text: string, tokenSecret: string | undefined) => Promise<string>

/** Signs a base string by the client's method (RFC 5849 §3.4.2, §3.4.3), as base64. */
export function createSignature(
  { provider: { signature }, secret }: Pick<OAuth1ClientConfig, 'provider' | 'secret'>,
  crypto: ExchangeCrypto,
): Signature {
  const hash = hashOf(signature)
  return signsByKey(signature) ? byKey(secret, hash) : bySecret(secret, hash, crypto)
}

type Hash = ReturnType<typeof hashOf>

function bySecret(secret: string, hash: Hash, crypto: ExchangeCrypto): Signature {
  const own = `${percentEncode(secret)}&`
  return async (text, tokenSecret = '') => {
    const mac = await crypto.hmac(hash, own + percentEncode(tokenSecret), text)
    // Of 20 and of 32 bytes alike.
    return `${mac.replaceAll('-', '+').replaceAll('_', '/')}=`
  }
}

// WebCrypto everywhere: it signs on another thread, and RSA would hold up all other requests.
function byKey(secret: string, hash: Hash): Signature {
  const algorithm = 'RSASSA-PKCS1-v1_5'
  let key: Promise<CryptoKey> | undefined
  return async (text) => {
    const signing = await (key ??= importPrivateKey(secret, hash))
    const data = new TextEncoder().encode(text)
    return base64(new Uint8Array(await globalThis.crypto.subtle.sign(algorithm, signing, data)))
  }
}

const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))
