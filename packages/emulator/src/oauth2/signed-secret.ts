import { fromBase64, readPublicKey } from '../oauth1/signature.ts'

/** What a client secret that is a JWT says of itself, with the key's id from its header. */
export interface SecretClaims {
  readonly kid?: unknown
  readonly iss?: unknown
  readonly sub?: unknown
  readonly aud?: unknown
  readonly iat?: unknown
  readonly exp?: unknown
}

/** @returns undefined where it is no JWT by ES256 */
export function readJwt(jwt: string): SecretClaims | undefined {
  const [header, claims] = jwt.split('.').slice(0, 2).map(decodeJson)
  if (header?.['alg'] !== 'ES256' || !claims) return undefined
  return { ...claims, kid: header['kid'] }
}

/** Whether a JWT is signed by the private half of a P-256 key (RFC 7518 §3.4). */
export async function isSignedFor(jwt: string, publicKey: string): Promise<boolean> {
  const [header = '', claims = '', signature = ''] = jwt.split('.')
  const der = readPublicKey(publicKey)
  const bytes = fromBase64Url(signature)
  if (!der || !bytes) return false
  const curve = { name: 'ECDSA', namedCurve: 'P-256' }
  try {
    const key = await crypto.subtle.importKey('spki', der, curve, false, ['verify'])
    const text = new TextEncoder().encode(`${header}.${claims}`)
    return await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, bytes, text)
  } catch {
    return false
  }
}

function decodeJson(part: string): Record<string, unknown> | undefined {
  try {
    return { ...Object(JSON.parse(new TextDecoder().decode(fromBase64Url(part)))) }
  } catch {
    return undefined
  }
}

const fromBase64Url = (text: string): Uint8Array<ArrayBuffer> | undefined =>
  fromBase64(text.replaceAll('-', '+').replaceAll('_', '/'))
