import { SignJWT, exportJWK, generateKeyPair } from 'jose'
import { expect, it } from 'vitest'
import { webCrypto } from '../crypto/web.ts'
import { memoryStore } from '../store/memory.ts'
import { createNonces } from './nonce.ts'
import { checkProof, type ProofCheck } from './proof.ts'

const url = 'https://auth.example.com/github/token'
const check: ProofCheck = { method: 'POST', url, nonce: 'when-late', status: 400 }
const parts = () => {
  const primitives = webCrypto()
  const ring = [{ kid: 'k', bytes: crypto.getRandomValues(new Uint8Array(32)) }]
  return {
    crypto: primitives,
    store: memoryStore(),
    limits: { byKey: () => Promise.resolve() },
    nonces: createNonces(ring, primitives),
  }
}
const claims = () => ({
  htm: 'POST',
  htu: url,
  iat: Math.floor(Date.now() / 1000),
  jti: crypto.randomUUID(),
})

async function proof(payload: object, header: object = {}, alg = 'ES256'): Promise<string> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
  const jwk = 'privateJwk' in header ? await exportJWK(privateKey) : await exportJWK(publicKey)
  if ('respelled' in header) jwk.x = respell(jwk.x ?? '')
  return new SignJWT({ ...claims(), ...payload })
    .setProtectedHeader({ alg, typ: 'dpop+jwt', jwk, ...header })
    .sign(privateKey)
}

/** The same 32 bytes: the last of 43 characters holds four bits, and two that mean nothing. */
const respell = (text: string): string =>
  text.slice(0, -1) + String.fromCharCode(text.charCodeAt(42) + 1)

it.each([
  ['', url],
  ['with a query', `${url}?a=b#c`],
  ['in upper case and with its port', 'HTTPS://AUTH.example.com:443/github/token'],
])('takes the htu %s (RFC 9449 §4.3)', async (_, htu) => {
  expect(await checkProof(parts(), await proof({ htu }), check)).toMatch(/^[\w-]{43}$/)
})

const wrong: readonly [string, () => Promise<string>][] = [
  ['no JWT', () => Promise.resolve('x.y.z')],
  ['two proofs in one header', async () => `${await proof({})}, ${await proof({})}`],
  ['another typ', () => proof({}, { typ: 'JWT' })],
  ['RS256', () => proof({}, {}, 'RS256')],
  ['ES384', () => proof({}, {}, 'ES384')],
  ['a private key in it', () => proof({}, { privateJwk: true })],
  ['no key', () => proof({}, { jwk: undefined })],
  [
    'the key of another',
    async () => proof({}, { jwk: await exportJWK((await generateKeyPair('ES256')).publicKey) }),
  ],
  ['another method', () => proof({ htm: 'GET' })],
  ['another path', () => proof({ htu: 'https://auth.example.com/github/revoke' })],
  ['another host', () => proof({ htu: 'https://evil.example/github/token' })],
  ['http', () => proof({ htu: url.replace('https', 'http') })],
  ['no htu', () => proof({ htu: undefined })],
  ['no jti', () => proof({ jti: undefined })],
  ['a jti of 129 characters', () => proof({ jti: 'j'.repeat(129) })],
  ['an end that is past', () => proof({ exp: claims().iat - 1 })],
  ['a beginning to come', () => proof({ nbf: claims().iat + 60 })],
  ['an extension that is critical', () => proof({}, { crit: ['b64'], b64: true })],
  ['a coordinate in another spelling', () => proof({}, { respelled: true })],
  ['no iat', () => proof({ iat: undefined })],
  ['more than 4 kB', () => proof({ x: 'x'.repeat(4000) })],
]
it.each(wrong)('X-18: refuses a proof with %s', async (_, make) => {
  await expect(checkProof(parts(), await make(), check)).rejects.toMatchObject({
    code: 'invalid_dpop_proof',
  })
})

it('X-18: takes a proof once', async () => {
  const p = parts()
  const once = await proof({})
  await checkProof(p, once, check)
  await expect(checkProof(p, once, check)).rejects.toMatchObject({ code: 'invalid_dpop_proof' })
})

it('asks for a nonce where the clock differs, or where one is always wanted', async () => {
  const p = parts()
  const nonce = await p.nonces.current()
  const iat = Math.floor(Date.now() / 1000) - 7200
  await expect(checkProof(p, await proof({ iat }), check)).rejects.toMatchObject({
    code: 'use_dpop_nonce',
    headers: { 'DPoP-Nonce': nonce },
  })
  await checkProof(p, await proof({ iat, nonce }), check)
  const always = { ...check, nonce: 'always' } as const
  await expect(checkProof(p, await proof({}), always)).rejects.toMatchObject({
    code: 'use_dpop_nonce',
  })
  await checkProof(p, await proof({ nonce }), always)
  const other = await parts().nonces.current()
  await expect(checkProof(p, await proof({ nonce: other }), always)).rejects.toMatchObject({
    code: 'use_dpop_nonce',
  })
})
