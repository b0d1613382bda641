import { toBase64 } from '../state.ts'

/** What is signed is a hash of the base string. */
export type Hash = 'SHA-1' | 'SHA-256'

export type Pair = readonly [name: string, value: string]

/** RFC 5849 §3.6: all but the unreserved characters, as upper-case hex of the UTF-8 bytes. */
export function percentEncode(text: string): string {
  const hex = (byte: number): string => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  return [...new TextEncoder().encode(text)]
    .map((byte) => {
      const character = String.fromCharCode(byte)
      return /[A-Za-z0-9._~-]/.test(character) ? character : hex(byte)
    })
    .join('')
}

/**
 * RFC 5849 §3.4.1.
 *
 * @param pairs every decoded parameter of query, header and form body, but `realm` and `oauth_signature`
 */
export function signatureBaseString(method: string, url: URL, pairs: readonly Pair[]): string {
  // A URL object has the scheme and host in lower case already, no default port, and "/" for no path.
  const baseUri = `${url.protocol}//${url.host}${url.pathname}`
  const normalized = pairs
    .map(([name, value]) => [percentEncode(name), percentEncode(value)] as const)
    // What is encoded is ASCII, so comparing characters compares bytes (§3.4.1.3.2).
    .toSorted((a, b) => compare(a[0], b[0]) || compare(a[1], b[1]))
    .map((pair) => pair.join('='))
    .join('&')
  return [method.toUpperCase(), baseUri, normalized].map(percentEncode).join('&')
}

/** RFC 5849 §3.4.2, with any hash. The `&` stays where there is no token secret. */
export async function hmac(
  hash: Hash,
  baseString: string,
  clientSecret: string,
  tokenSecret: string,
): Promise<string> {
  const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)
  const key = await crypto.subtle.importKey(
    'raw',
    bytes(`${percentEncode(clientSecret)}&${percentEncode(tokenSecret)}`),
    { name: 'HMAC', hash },
    false,
    ['sign'],
  )
  return toBase64(new Uint8Array(await crypto.subtle.sign('HMAC', key, bytes(baseString))))
}

/**
 * RFC 5849 §3.4.3: RSASSA-PKCS1-v1_5, with any hash. No secret is part of it, not even the token's.
 *
 * @param signature as base64
 * @param publicKey as PEM; see `readPublicKey`
 */
export async function verifyRsa(
  hash: Hash,
  baseString: string,
  signature: string,
  publicKey: string,
): Promise<boolean> {
  const der = readPublicKey(publicKey)
  const bytes = fromBase64(signature)
  if (!der || !bytes) return false
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash }
  const key = await crypto.subtle.importKey('spki', der, algorithm, false, ['verify'])
  return crypto.subtle.verify(algorithm, key, bytes, new TextEncoder().encode(baseString))
}

/** The DER of a public key in PEM ("-----BEGIN PUBLIC KEY-----"), as `openssl rsa -pubout` writes it. */
export function readPublicKey(pem: string): Uint8Array<ArrayBuffer> | undefined {
  const [, body] =
    /^-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----$/.exec(pem.trim()) ?? []
  return body === undefined ? undefined : fromBase64(body.replace(/\s+/g, ''))
}

/** @returns undefined for what is no base64 */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  } catch {
    return undefined
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
