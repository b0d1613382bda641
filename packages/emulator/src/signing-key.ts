import { randomText, toBase64Url } from './state.ts'

/** The key that ID tokens are signed by: RS256, made when it is first wanted. */
export interface SigningKey {
  /** As its provider publishes it (RFC 7517). */
  readonly publicJwk: Readonly<Record<string, unknown>>
  /** Gives a compact JWS (RFC 7515 §3.1). */
  readonly sign: (claims: Readonly<Record<string, unknown>>) => Promise<string>
}

/** @returns what makes the key once, and gives it from then on */
export function createSigningKey(): () => Promise<SigningKey> {
  let made: Promise<SigningKey> | undefined
  return () => (made ??= make())
}

const algorithm = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
}

async function make(): Promise<SigningKey> {
  const keys = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify'])
  const { kty, n, e } = await crypto.subtle.exportKey('jwk', keys.publicKey)
  const kid = randomText(8)
  return {
    publicJwk: { kty, n, e, kid, alg: 'RS256', use: 'sig' },
    sign: async (claims) => {
      const signed = [{ alg: 'RS256', typ: 'JWT', kid }, claims].map(encode).join('.')
      const signature = await crypto.subtle.sign(
        algorithm.name,
        keys.privateKey,
        new TextEncoder().encode(signed),
      )
      return `${signed}.${toBase64Url(new Uint8Array(signature))}`
    },
  }
}

const encode = (part: unknown): string =>
  toBase64Url(new TextEncoder().encode(JSON.stringify(part)))
