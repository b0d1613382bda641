import { createHash, createPublicKey, verify, type JsonWebKey } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  at,
  bearer,
  callback,
  destination,
  get,
  post,
  setUp,
  type SetUp,
} from '../testing-internal/dance.ts'
import {
  authorizeAt,
  codeFor,
  danceAt,
  redeemAt,
  refreshAt,
  type Party,
} from '../testing-internal/party.ts'

const start = () =>
  setUp({ google: [{ clientId: 'web', clientSecret: 'shh', redirectUris: [callback] }] })

const web: Party = {
  authorizeUrl: at('google', '', '/o/oauth2/v2/auth'),
  tokenUrl: at('google', 'oauth2-googleapis-com', '/token'),
  clientId: 'web',
  scope: 'openid email profile',
  credentials: { client_id: 'web', client_secret: 'shh' },
}
const offline = { access_type: 'offline' }
const meUrl = at('google', 'www-googleapis-com', '/oauth2/v3/userinfo')
const revokeUrl = at('google', 'oauth2-googleapis-com', '/revoke')

const read = (part: string | undefined) =>
  JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'))

/** The claims of an ID token whose signature one of the published keys explains. */
async function claimsOf(emulator: SetUp, idToken: string) {
  const certs = await get(emulator, at('google', 'www-googleapis-com', '/oauth2/v3/certs'))
  const { keys } = (await certs.json()) as { keys: (JsonWebKey & { kid: string })[] }
  const [header, payload, signature] = idToken.split('.')
  const { alg, kid } = read(header)
  const key = keys.find((candidate) => candidate.kid === kid)
  expect(alg).toBe('RS256')
  expect(keys.every((one) => !('d' in one))).toBe(true)
  const signed = Buffer.from(`${header}.${payload}`)
  const publicKey = createPublicKey({ key: key ?? {}, format: 'jwk' })
  expect(verify('sha256', signed, publicKey, Buffer.from(signature ?? '', 'base64url'))).toBe(true)
  return read(payload)
}

describe('the dance with Google', () => {
  it('signs an ID token with nonce and at_hash by a key that it publishes', async () => {
    const emulator = start()
    const { body } = await danceAt(emulator, web, { nonce: 'n-1' })
    const now = emulator.now() / 1000
    const hash = createHash('sha256').update(body.access_token).digest().subarray(0, 16)
    expect(await claimsOf(emulator, body.id_token)).toEqual({
      iss: 'http://google.localhost:4180',
      aud: 'web',
      azp: 'web',
      sub: '107691503500061501815',
      iat: now,
      exp: now + 3600,
      nonce: 'n-1',
      at_hash: hash.toString('base64url'),
      hd: 'example.com',
      email: 'ada@example.com',
      email_verified: true,
      name: 'Ada Lovelace',
      given_name: 'Ada',
      picture: expect.stringContaining('lh3-googleusercontent-com.google.'),
    })
  })

  it('gives no ID token without openid', async () => {
    const { body } = await danceAt(start(), web, { scope: 'email' })
    expect(body).not.toHaveProperty('id_token')
    expect(body.scope).toBe('https://www.googleapis.com/auth/userinfo.email')
  })

  it('shows who it is, as far as the scopes go, and the picture', async () => {
    const emulator = start()
    const { body } = await danceAt(emulator, web)
    const me = await (await get(emulator, meUrl, bearer(body.access_token))).json()
    expect(me).toMatchObject({ name: 'Ada Lovelace', email: 'ada@example.com', hd: 'example.com' })
    expect((await get(emulator, me.picture)).headers.get('content-type')).toBe('image/svg+xml')
    const bare = await danceAt(emulator, web, { scope: 'openid' }, 'grace')
    const grace = await (await get(emulator, meUrl, bearer(bare.body.access_token))).json()
    expect(grace).toEqual({ sub: '107691503500061501906' })
  })

  it('wants the secret even with PKCE', async () => {
    const emulator = start()
    const code = await codeFor(emulator, web)
    const without = { ...web, credentials: { client_id: 'web' } }
    const reply = await redeemAt(emulator, without, code)
    expect(reply).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
  })

  it('passes someone unseen who has agreed before, unless a prompt is asked for', async () => {
    const emulator = start()
    await danceAt(emulator, web)
    const cookie = { cookie: 'emulator_person=ada' }
    const again = await get(emulator, authorizeAt(web), cookie)
    expect(destination(again).searchParams.has('code')).toBe(true)
    for (const prompt of ['consent', 'select_account', 'consent select_account']) {
      expect((await get(emulator, authorizeAt(web, { prompt }), cookie)).status).toBe(200)
    }
  })
})

describe('the refresh token of Google', () => {
  it('comes with the first consent to offline access, and with each that is asked for', async () => {
    const emulator = start()
    expect((await danceAt(emulator, web)).body).not.toHaveProperty('refresh_token')
    expect((await danceAt(emulator, web, offline)).body).not.toHaveProperty('refresh_token')
    expect((await danceAt(emulator, web, offline, 'grace')).body).toHaveProperty('refresh_token')
    const anew = { ...offline, prompt: 'consent' }
    expect((await danceAt(emulator, web, anew)).body).toHaveProperty('refresh_token')
  })

  it('stays the same, and brings an ID token without nonce', async () => {
    const emulator = start()
    const { body } = await danceAt(emulator, web, { ...offline, nonce: 'n-1' })
    const first = await refreshAt(emulator, web, body.refresh_token)
    expect(first.body).not.toHaveProperty('refresh_token')
    const claims = await claimsOf(emulator, first.body.id_token)
    expect(claims).toMatchObject({ sub: '107691503500061501815' })
    expect(claims).not.toHaveProperty('nonce')
    expect((await refreshAt(emulator, web, body.refresh_token)).status).toBe(200)
  })

  it('ends with everything else the app was granted, and the next consent is the first', async () => {
    const emulator = start()
    const { body } = await danceAt(emulator, web, offline)
    const token = body.access_token
    expect((await post(emulator, revokeUrl, { token })).status).toBe(200)
    expect((await refreshAt(emulator, web, body.refresh_token)).status).toBe(400)
    expect((await get(emulator, meUrl, bearer(token))).status).toBe(401)
    const again = await post(emulator, revokeUrl, { token })
    expect(again.status).toBe(400)
    expect(await again.json()).toMatchObject({ error: 'invalid_token' })
    expect((await danceAt(emulator, web, offline)).body).toHaveProperty('refresh_token')
  })
})
