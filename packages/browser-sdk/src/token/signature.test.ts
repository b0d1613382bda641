import { afterEach, describe, expect, test, vi } from 'vitest'
import { base64Url } from '../crypto/text.ts'
import { checkSignature } from './signature.ts'

const url = 'https://op.example/jwks'
const rsa = { modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) }
const kinds = [
  ['RS256', { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', ...rsa }],
  ['RS512', { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-512', ...rsa }],
  ['PS384', { name: 'RSA-PSS', hash: 'SHA-384', saltLength: 48, ...rsa }],
  ['ES256', { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }],
  ['ES512', { name: 'ECDSA', namedCurve: 'P-521', hash: 'SHA-512' }],
  ['EdDSA', { name: 'Ed25519' }],
] as const

type Kind = (typeof kinds)[number]
const part = (value: unknown): string => base64Url(new TextEncoder().encode(JSON.stringify(value)))

async function make([alg, algorithm]: Kind, kid?: string) {
  const keys = (await crypto.subtle.generateKey(algorithm, true, [
    'sign',
    'verify',
  ])) as CryptoKeyPair
  const jwk = { ...(await crypto.subtle.exportKey('jwk', keys.publicKey)), kid }
  const signed = `${part({ alg, kid })}.${part({ sub: 'u' })}`
  const bytes = new TextEncoder().encode(signed)
  const signature = await crypto.subtle.sign(algorithm, keys.privateKey, bytes)
  return { jwk, signed, token: `${signed}.${base64Url(signature)}` }
}

const publish = (...keys: unknown[]): void => {
  vi.stubGlobal('fetch', async () => Response.json({ keys }))
}
afterEach(() => void vi.unstubAllGlobals())

const check = (token: string): Promise<void> => checkSignature(token, url, 'op')
const refused = { code: 'id-token-invalid', client: 'op' }

test.each(kinds.map((kind) => [kind[0], kind] as const))(
  'B-29: a signature by %s is checked',
  async (_alg, kind) => {
    const { jwk, token, signed } = await make(kind, 'k1')
    const other = await make(kind, 'k2')
    publish(other.jwk, jwk)
    await expect(check(token)).resolves.toBeUndefined()
    const claims = `${token.split('.')[0]}.${part({ sub: 'other' })}.${token.split('.')[2]}`
    await expect(check(claims)).rejects.toMatchObject(refused)
    await expect(check(`${signed}.`)).rejects.toMatchObject(refused)
    publish(other.jwk)
    await expect(check(token)).rejects.toMatchObject(refused)
    // Named as the right one, and another.
    publish({ ...other.jwk, kid: 'k1' })
    await expect(check(token)).rejects.toMatchObject(refused)
  },
)

describe('B-29: no signature', () => {
  test('by a key that is for encryption, or for another algorithm', async () => {
    const { jwk, token } = await make(kinds[0])
    publish({ ...jwk, use: 'enc' }, { ...jwk, alg: 'RS512' }, null, 7)
    await expect(check(token)).rejects.toMatchObject(refused)
    publish(jwk)
    await expect(check(token)).resolves.toBeUndefined()
  })

  test.each(['none', 'HS256', 'RS1', '__proto__'])('by the algorithm %s', async (alg) => {
    const { jwk, token } = await make(kinds[0])
    publish({ ...jwk, alg: undefined })
    await expect(check(token.replace(/^[^.]+/, part({ alg })))).rejects.toMatchObject(refused)
  })

  test('of keys that are none', async () => {
    const { token } = await make(kinds[0])
    vi.stubGlobal('fetch', async () => new Response('<html>'))
    await expect(check(token)).rejects.toMatchObject(refused)
  })
})
