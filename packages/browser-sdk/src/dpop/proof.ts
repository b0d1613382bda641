import { base64Url, digest, randomText } from '../crypto/text.ts'
import { publicJwk } from './key.ts'

/** What a proof is for. */
export interface ProofOf {
  readonly keys: CryptoKeyPair
  readonly method: string
  readonly url: string
  /** The token that goes with it, at a resource. */
  readonly accessToken?: string | undefined
  /** What the server asked to have in it. */
  readonly nonce?: string | undefined
}

/** A DPoP proof (RFC 9449 §4.2): who sends this one request holds the key. */
export async function createProof({
  keys,
  method,
  url,
  accessToken,
  nonce,
}: ProofOf): Promise<string> {
  const { origin, pathname } = new URL(url)
  const header = { typ: 'dpop+jwt', alg: 'ES256', jwk: await publicJwk(keys) }
  const claims = {
    jti: randomText(),
    htm: method,
    htu: origin + pathname,
    iat: Math.floor(Date.now() / 1000),
    ...(accessToken !== undefined && { ath: base64Url(await digest(accessToken)) }),
    ...(nonce !== undefined && { nonce }),
  }
  const signed = `${encode(header)}.${encode(claims)}`
  const signature = await crypto.subtle.sign(
    { name: 'ECDSA', hash: 'SHA-256' },
    keys.privateKey,
    new TextEncoder().encode(signed),
  )
  return `${signed}.${base64Url(signature)}`
}

const encode = (value: unknown): string =>
  base64Url(new TextEncoder().encode(JSON.stringify(value)))
