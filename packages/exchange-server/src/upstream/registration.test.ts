import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { apple } from '@spa-dance/providers/apple'
import { custom } from '@spa-dance/providers/custom'
import { SignJWT, decodeJwt, exportJWK, generateKeyPair, importSPKI, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../config/config.ts'
import { dropFlowCookie } from '../seal/flow-cookie.ts'
import { baseUrl, cookieOf, options, reply, rig, verifier } from '../testing-internal/harness.ts'
import type { ExchangeOptions } from '../types.ts'
import { registrationOf } from './registration.ts'

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const signingKey = String(privateKey.export({ type: 'pkcs8', format: 'pem' }))
const spki = String(publicKey.export({ type: 'spki', format: 'pem' }))
const registered = { clientId: 'com.example.web', teamId: 'TEAM123456', keyId: 'KEY1234567' }
const clients = { apple: { provider: apple(), ...registered, signingKey } }

const idKeys = await generateKeyPair('RS256')
const jwk = { ...(await exportJWK(idKeys.publicKey)), kid: 'a', alg: 'RS256' }
const idToken = await new SignJWT({ nonce: 'n', email: 'ada@example.com', email_verified: 'true' })
  .setProtectedHeader({ alg: 'RS256', kid: 'a' })
  .setIssuer('https://appleid.apple.com')
  .setAudience('com.example.web')
  .setSubject('u1')
  .setIssuedAt()
  .setExpirationTime('1m')
  .sign(idKeys.privateKey)

/** An exchange whose Apple has been come back from by a form. */
async function posted(form: Record<string, string>) {
  const r = await rig({ clients })
  const sent = await r.authorize('apple', { nonce: 'n' })
  const location = new URL(sent.headers.get('location') ?? '')
  const state = location.searchParams.get('state') ?? ''
  const back = await r.app.request(`${baseUrl}/apple/callback`, {
    method: 'POST',
    headers: {
      cookie: cookieOf(sent),
      origin: 'https://appleid.apple.com',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ state, ...form }).toString(),
  })
  return { r, sent, location, back }
}

describe('a provider that answers by a form', () => {
  it('is asked to, and its answer leads back to the page by GET', async () => {
    const { location, back } = await posted({ code: 'c', user: '{"name":{"firstName":"Ada"}}' })
    expect(location.searchParams.get('response_mode')).toBe('form_post')
    expect(location.searchParams.has('code_challenge')).toBe(false)
    expect(back.status).toBe(303)
    expect(new URL(back.headers.get('location') ?? '').searchParams.has('code')).toBe(true)
  })

  it('has a flow cookie that comes with its POST, by https alone', async () => {
    const { sent, back } = await posted({ code: 'c' })
    const [set] = sent.headers.getSetCookie()
    expect(set).toMatch(/^__Host-dance-flow-.*; Path=\/; HttpOnly; SameSite=None; Secure$/)
    expect(back.headers.getSetCookie()[0]).toMatch(/=; Max-Age=0; .*SameSite=None; Secure$/)
  })

  it('has one without SameSite on loopback by http, where None can not be said', () => {
    const dropped = (posted: boolean) => dropFlowCookie('n', { secure: false, posted })
    expect(dropped(true)).toBe('n=; Max-Age=0; Path=/; HttpOnly')
    expect(dropped(false)).toBe('n=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax')
  })

  it('is understood when the person declines', async () => {
    const { back } = await posted({ error: 'user_cancelled_authorize' })
    const answer = new URL(back.headers.get('location') ?? '')
    expect(answer.searchParams.get('error')).toBe('access_denied')
  })
})

describe('a secret that is signed', () => {
  it('is a JWT of a few minutes, by the key, for the declared audience', async () => {
    const { r, back } = await posted({ code: 'c' })
    const tokens = { access_token: 'a', token_type: 'Bearer', expires_in: 3600, refresh_token: 'r' }
    r.upstream.on('appleid.apple.com/auth/keys', reply({ keys: [jwk] }))
    r.upstream.on('appleid.apple.com/auth/token', reply({ ...tokens, id_token: idToken }))
    r.upstream.on('appleid.apple.com/auth/revoke', reply(''))
    const code = new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? ''
    const grant = { grant_type: 'authorization_code', code, code_verifier: verifier }
    const answer = await r.post('/apple/token', grant)
    expect(answer.status).toBe(200)
    const body = (await answer.json()) as Record<string, string>
    expect(body).toMatchObject({ account: { iss: 'https://appleid.apple.com', id: 'u1' } })
    await r.post('/apple/revoke', { token: body['refresh_token'] })

    const asked = r.upstream.seen.filter(({ method }) => method === 'POST')
    expect(asked.map(({ url }) => url.pathname)).toEqual(['/auth/token', '/auth/revoke'])
    for (const { body: sent } of asked) {
      const form = new URLSearchParams(sent)
      const secret = form.get('client_secret') ?? ''
      const { payload, protectedHeader } = await jwtVerify(secret, await importSPKI(spki, 'ES256'))
      expect(protectedHeader).toEqual({ alg: 'ES256', kid: 'KEY1234567' })
      expect(payload).toMatchObject({
        iss: 'TEAM123456',
        sub: 'com.example.web',
        aud: 'https://appleid.apple.com',
      })
      expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(300)
      expect(form.get('client_id')).toBe('com.example.web')
    }
  })

  it('is taken from an environment with its line breaks written out', () => {
    const escaped = signingKey.replaceAll('\n', '\\n')
    const given = { apple: { provider: apple(), ...registered, signingKey: escaped } }
    expect(() => readConfig(options({ clients: given }))).not.toThrow()
  })

  it('X-38: needs a key, its id and whom it is from, and names each that is missing or wrong', () => {
    const read = (more: object) => () =>
      readConfig(options({ clients: { apple: { provider: apple(), clientId: 'c', ...more } } }))
    for (const member of ['signingKey', 'keyId', 'teamId']) {
      expect(read({})).toThrow(`clients.apple.${member} is missing`)
    }
    expect(read({ ...registered, signingKey: 'AuthKey.p8' })).toThrow('is no PEM of a private key')
    expect(read({ ...registered, signingKey })).not.toThrow()
  })
})

describe('an assertion', () => {
  const acme = custom({
    id: 'acme',
    name: 'Acme',
    protocol: 'oauth2',
    route: 'exchange',
    authorization: { url: 'https://acme.example/authorize', iss: 'https://acme.example' },
    token: { url: 'https://acme.example/oauth/token', clientAuth: 'private_key_jwt' },
    api: { baseUrl: 'https://api.acme.example/', cors: true },
    revocation: { url: 'https://acme.example/oauth/revoke', ends: 'token' },
    scopes: ['profile'],
  })
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const rsaKey = String(rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }))

  it.each([
    ['ES256', signingKey, publicKey, 'k1'],
    ['RS256', rsaKey, rsa.publicKey, undefined],
  ])(
    'X-12: by %s is for the issuer alone, as one string, and good for one request',
    async (alg, key, known, keyId) => {
      const r = await rig({
        clients: {
          acme: { provider: acme, clientId: 'id', signingKey: key, ...(keyId && { keyId }) },
        },
      })
      r.upstream.on(
        'acme.example/oauth/token',
        reply({ access_token: 'a', token_type: 'Bearer', expires_in: 3600, refresh_token: 'r' }),
      )
      r.upstream.on('acme.example/oauth/revoke', reply(''))
      const form = {
        grant_type: 'authorization_code',
        code: await r.code('acme', { code: 'c', iss: 'https://acme.example' }),
        code_verifier: verifier,
      }
      const body = (await (await r.post('/acme/token', form)).json()) as Record<string, string>
      expect((await r.post('/acme/revoke', { token: body['refresh_token'] })).status).toBe(200)

      const ids = r.upstream.seen.map(async ({ body: sent }) => {
        const fields = new URLSearchParams(sent)
        expect(fields.get('client_assertion_type')).toBe(
          'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        )
        expect([fields.get('client_id'), fields.has('client_secret')]).toEqual(['id', false])
        const { payload, protectedHeader } = await jwtVerify(
          fields.get('client_assertion') ?? '',
          known,
        )
        expect(protectedHeader).toEqual({ alg, ...(keyId && { kid: keyId }) })
        const { iat = 0, exp = 0, jti, ...claims } = payload
        expect(claims).toEqual({ iss: 'id', sub: 'id', aud: 'https://acme.example' })
        expect(exp - iat).toBe(300)
        return jti
      })
      expect(ids).toHaveLength(2)
      expect(new Set(await Promise.all(ids)).size).toBe(2)
    },
  )

  it('X-12: is for another audience only where the declaration names it', async () => {
    const provider = { ...acme, token: { ...acme.token, signedFor: 'https://login.acme.example' } }
    const registration = { clientId: 'id' }
    const signing = { as: 'assertion', key: signingKey, keyId: undefined } as const
    const { clientAssertion = '' } = await registrationOf({ registration, signing }, provider)
    expect(decodeJwt(clientAssertion).aud).toBe('https://login.acme.example')
  })

  it('X-38: needs a key that can sign, and no secret', async () => {
    const read = (more: object) => () =>
      readConfig(options({ clients: { acme: { provider: acme, clientId: 'id', ...more } } }))
    expect(read({})).toThrow('clients.acme.signingKey is missing')
    expect(read({ signingKey: 'x' })).toThrow('clients.acme.signingKey is no PEM')
    expect(read({ signingKey, keyId: ' ' })).toThrow('clients.acme.keyId is no credential')
    expect(read({ signingKey })).not.toThrow()
    const { authorization, ...rest } = acme
    const nameless = { ...rest, authorization: { url: authorization.url } }
    expect(read({ signingKey, provider: nameless })).toThrow('needs token.signedFor')

    const pem = (pair: { privateKey: KeyObject }) =>
      String(pair.privateKey.export({ type: 'pkcs8', format: 'pem' }))
    const ready = async (given: ExchangeOptions['clients']) => {
      const { app } = await rig({ clients: given })
      return (await app.request(`${baseUrl}/readyz`)).status
    }
    const acmeWith = (key: string) => ({
      acme: { provider: acme, clientId: 'id', signingKey: key },
    })
    expect(await ready(acmeWith(rsaKey))).toBe(200)
    expect(await ready(acmeWith(signingKey))).toBe(200)
    expect(await ready(acmeWith(pem(generateKeyPairSync('ed25519'))))).toBe(503)
    expect(await ready(acmeWith(pem(generateKeyPairSync('rsa', { modulusLength: 1024 }))))).toBe(
      503,
    )
    expect(await ready(clients)).toBe(200)
    expect(await ready({ apple: { ...clients.apple, signingKey: rsaKey } })).toBe(503)
  })
})
