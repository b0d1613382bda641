import { createHash } from 'node:crypto'
import { SignJWT, exportJWK, generateKeyPair, type CryptoKey, type JWK } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { reply, upstream, type Upstream } from '../testing-internal/harness.ts'
import { validateIdToken, type Expected } from './id-token.ts'
import { createJsonCache } from './json-cache.ts'

const issuer = 'https://op.example'
const openid = { issuer, jwksUrl: `${issuer}/jwks` }
const expected: Expected = { clientId: 'rp', nonce: 'n', accessToken: 'at' }
const now = Math.floor(Date.now() / 1000)
const claims = { iss: issuer, sub: 'u1', aud: 'rp', iat: now, exp: now + 60, nonce: 'n' }
const atHash = createHash('sha256').update('at').digest().subarray(0, 16).toString('base64url')

let keys: { privateKey: CryptoKey; publicKey: CryptoKey }
let jwk: JWK
beforeAll(async () => {
  keys = await generateKeyPair('RS256')
  jwk = { ...(await exportJWK(keys.publicKey)), kid: 'a', alg: 'RS256' }
})

const provider = (...sets: JWK[][]): Upstream => {
  const scripted = upstream()
  scripted.on('op.example/jwks', ...sets.map((set) => reply({ keys: set })))
  return scripted
}
const idToken = (
  more: object = {},
  header: object = {},
  key: CryptoKey | Uint8Array = keys.privateKey,
) =>
  new SignJWT({ ...claims, ...more })
    .setProtectedHeader({ alg: 'RS256', kid: 'a', ...header })
    .sign(key)
const validate = async (token: string, from = provider([jwk]), more: Partial<Expected> = {}) =>
  validateIdToken(createJsonCache(from.fetch), openid, token, { ...expected, ...more })

describe('an ID token', () => {
  it.each([
    ['as it should be', {}],
    ['for several audiences, with azp', { aud: ['rp', 'api'], azp: 'rp' }],
    ['with the hash of the access token', { at_hash: atHash }],
    ['that ended within the tolerance', { exp: now - 30 }],
  ])('is taken %s', async (_, more) => {
    expect(await validate(await idToken(more))).toBe('u1')
  })

  it.each([
    ['another issuer', { iss: `${issuer}/` }],
    ['another audience', { aud: 'other' }],
    ['no audience', { aud: undefined }],
    ['several audiences and no azp', { aud: ['rp', 'api'] }],
    ['the azp of another', { azp: 'other' }],
    ['no sub', { sub: undefined }],
    ['an empty sub', { sub: '' }],
    ['no exp', { exp: undefined }],
    ['an exp that is over', { exp: now - 61 }],
    ['no iat', { iat: undefined }],
    ['an iat in the future', { iat: now + 700, exp: now + 800 }],
    ['another nonce', { nonce: 'm' }],
    ['no nonce', { nonce: undefined }],
    ['the hash of another access token', { at_hash: atHash.replace(/^./, 'x') }],
  ])('B-29: is refused with %s', async (_, more) => {
    await expect(validate(await idToken(more))).rejects.toMatchObject({ status: 502 })
  })

  it('B-29: is refused where it says something else than is declared, but not at a refresh', async () => {
    const declared = { ...openid, claims: { hd: 'example.com' } }
    const check = async (more: object, at: Partial<Expected> = {}) =>
      validateIdToken(createJsonCache(provider([jwk]).fetch), declared, await idToken(more), {
        ...expected,
        ...at,
      })
    expect(await check({ hd: 'example.com' })).toBe('u1')
    for (const hd of [undefined, 'evil.example', 'Example.com', ['example.com']]) {
      await expect(check({ hd })).rejects.toMatchObject({ status: 400, code: 'access_denied' })
    }
    expect(await check({}, { sub: 'u1' })).toBe('u1')
  })

  it('B-29: is refused unsigned, by another key, and by a secret', async () => {
    const [header, payload] = (await idToken()).split('.')
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`
    const other = (await generateKeyPair('RS256')).privateKey
    const secret = await idToken({}, { alg: 'HS256' }, new TextEncoder().encode('x'.repeat(32)))
    for (const token of [
      none,
      await idToken({}, {}, other),
      secret,
      `${header}.${payload}.x`,
      'x',
    ]) {
      await expect(validate(token)).rejects.toMatchObject({ status: 502 })
    }
  })

  it('is taken without a kid where there is one key, and refused where there are two', async () => {
    const { kid: _, ...bare } = jwk
    const token = await idToken({}, { kid: undefined })
    expect(await validate(token, provider([bare]))).toBe('u1')
    await expect(validate(token, provider([bare, bare]))).rejects.toMatchObject({ status: 502 })
  })

  it('is taken after a key rotation, with the set read anew', async () => {
    const rotated = provider([{ ...jwk, kid: 'old' }], [jwk])
    const documents = createJsonCache(rotated.fetch)
    const old = await idToken({}, { kid: 'old' })
    expect(await validateIdToken(documents, openid, old, expected)).toBe('u1')
    // Not within 30 seconds: whoever makes up key ids makes no traffic.
    await expect(
      validateIdToken(documents, openid, await idToken(), expected),
    ).rejects.toMatchObject({ status: 502 })
    expect(rotated.seen).toHaveLength(1)
  })

  it('B-33: must be of the same person at a refresh', async () => {
    const token = await idToken()
    expect(await validate(token, provider([jwk]), { sub: 'u1' })).toBe('u1')
    await expect(validate(token, provider([jwk]), { sub: 'u2' })).rejects.toMatchObject({
      status: 502,
    })
  })
})

describe('a published document', () => {
  it('serves from its copy while the provider is down', async () => {
    const scripted = upstream()
    scripted.on('op.example/doc', reply({ a: 1 }), reply('', 500))
    const documents = createJsonCache(scripted.fetch)
    expect(await documents.get('https://op.example/doc', 0)).toEqual({ a: 1 })
    expect(await documents.get('https://op.example/doc', 0)).toEqual({ a: 1 })
    expect(scripted.seen).toHaveLength(2)
    await expect(documents.get('https://op.example/other', 0)).rejects.toMatchObject({
      status: 503,
    })
  })
})
