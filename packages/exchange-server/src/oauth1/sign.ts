import { base64url } from 'jose'
import type { OAuth1ClientConfig } from '../config/types.ts'
import { withAuthorization } from '../guards/headers.ts'
import type { OAuth1Token } from '../seal/kinds.ts'
import type { Transport } from '../types.ts'
import { authorizationHeader, baseString } from './base-string.ts'
import { createClock, type Clock } from './clock.ts'
import { percentEncode, type Pair } from './params.ts'
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
export function createSigner(client: OAuth1ClientConfig): Signer {
  const clock = createClock()
  const authorization = createAuthorization(client, clock)
  return (transport, request) => async (url, init) => {
    const send = async (): Promise<Response> => {
      return transport(url, withAuthorization(init, await authorization(request)))
    }
    const response = await send()
    if (!clock.learn(response)) return response
    await response.body?.cancel()
    return send()
  }
}

/** Makes the value of `Authorization` for a request. Each call has its own nonce and time. */
type Authorization = (request: ToSign) => Promise<string>

/** By HMAC-SHA1 or RSA-SHA1 (RFC 5849 §3.4.2, §3.4.3). */
export function createAuthorization(client: OAuth1ClientConfig, clock: Clock): Authorization {
  const signature = client.provider.signature === 'RSA-SHA1' ? rsaSha1(client) : hmacSha1(client)
  return async ({ method, url, pairs, token, extra }) => {
    const oauth: Record<string, string> = {
      oauth_consumer_key: client.consumerKey,
      oauth_nonce: base64url.encode(crypto.getRandomValues(new Uint8Array(18))),
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

function hmacSha1({ secret }: OAuth1ClientConfig): Signature {
  return async (text, tokenSecret = '') => {
    const material = `${percentEncode(secret)}&${percentEncode(tokenSecret)}`
    const key = await crypto.subtle.importKey(
      'raw',
      new TextEncoder().encode(material),
      { name: 'HMAC', hash: 'SHA-1' },
      false,
      ['sign'],
    )
    return base64(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(text)))
  }
}

function rsaSha1({ secret }: OAuth1ClientConfig): Signature {
  let key: CryptoKey | undefined
  return async (text) => {
    key ??= await importPrivateKey(secret)
    return base64(
      await crypto.subtle.sign('RSASSA-PKCS1-v1_5', key, new TextEncoder().encode(text)),
    )
  }
}

const base64 = (bytes: ArrayBuffer): string => btoa(String.fromCharCode(...new Uint8Array(bytes)))
