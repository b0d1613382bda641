import { base64Url, digest } from '../crypto/text.ts'

/** The public members of an EC key, in the order of RFC 7638 §3.2. */
export interface PublicJwk {
  readonly crv: string
  readonly kty: string
  readonly x: string
  readonly y: string
}

/** A P-256 key pair that can sign here, and can't be copied from here. */
export function createKeyPair(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
    'verify',
  ])
}

export async function publicJwk({ publicKey }: CryptoKeyPair): Promise<PublicJwk> {
  const { crv = '', kty = '', x = '', y = '' } = await crypto.subtle.exportKey('jwk', publicKey)
  return { crv, kty, x, y }
}

/** The key's JWK thumbprint (RFC 7638), which goes into `dpop_jkt`. */
export async function thumbprint(keys: CryptoKeyPair): Promise<string> {
  return base64Url(await digest(JSON.stringify(await publicJwk(keys))))
}
