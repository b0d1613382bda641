import { describe, expect, it } from 'vitest'
import { at, bearer, callback, get, post, setUp } from '../testing-internal/dance.ts'
import { codeFor, danceAt, redeemAt, refreshAt, type Party } from '../testing-internal/party.ts'

const start = () =>
  setUp({
    gitlab: [
      { clientId: 'spa', redirectUris: [callback] },
      { clientId: 'web', clientSecret: 'shh', redirectUris: [callback] },
    ],
  })

const under = (base: string): Party => ({
  authorizeUrl: at('gitlab', '', `${base}/oauth/authorize`),
  tokenUrl: at('gitlab', '', `${base}/oauth/token`),
  clientId: 'spa',
  scope: 'read_user',
  credentials: { client_id: 'spa' },
})
const spa = under('')
const meUrl = at('gitlab', '', '/api/v4/user')
const named = { redirect_uri: callback }

describe.each(['', '/gitlab'])('a GitLab at "%s"', (base) => {
  it('goes from the consent page to the API without a secret', async () => {
    const emulator = start()
    const { body } = await danceAt(emulator, under(base))
    expect(body).toEqual({
      access_token: expect.stringMatching(/^.{20}/),
      created_at: emulator.now() / 1000,
      expires_in: 7200,
      refresh_token: expect.stringMatching(/^.{20}/),
      scope: 'read_user',
      token_type: 'Bearer',
    })
    const address = at('gitlab', '', `${base}/api/v4/user`)
    const me = await (await get(emulator, address, bearer(body.access_token))).json()
    expect(me).toMatchObject({ id: 1815, username: 'ada-lovelace', email: 'ada@example.com' })
    expect((await get(emulator, me.avatar_url)).headers.get('content-type')).toBe('image/svg+xml')
  })

  it('names itself with its path in ID tokens, and shows the same person to both APIs', async () => {
    const emulator = start()
    const { body } = await danceAt(emulator, under(base), { scope: 'openid profile', nonce: 'n' })
    const payload = Buffer.from(body.id_token.split('.')[1], 'base64url').toString()
    expect(JSON.parse(payload)).toMatchObject({
      iss: `http://gitlab.localhost:4180${base}`,
      sub: '1815',
      nonce: 'n',
    })
    const address = at('gitlab', '', `${base}/oauth/userinfo`)
    const info = await (await get(emulator, address, bearer(body.access_token))).json()
    expect(info).toMatchObject({ sub: '1815', name: 'Ada Lovelace' })
    const keys = await get(emulator, at('gitlab', '', `${base}/oauth/discovery/keys`))
    expect((await keys.json()).keys).toHaveLength(1)
  })
})

describe('the refresh of GitLab', () => {
  it('ends the access token and the refresh token before it', async () => {
    const emulator = start()
    const { body } = await danceAt(emulator, spa)
    const second = await refreshAt(emulator, spa, body.refresh_token, named)
    expect(second.status).toBe(200)
    expect((await get(emulator, meUrl, bearer(body.access_token))).status).toBe(401)
    expect((await refreshAt(emulator, spa, body.refresh_token, named)).status).toBe(400)
    expect((await get(emulator, meUrl, bearer(second.body.access_token))).status).toBe(200)
  })

  it.each([undefined, `${callback}/other`])('wants the redirect URI, not %s', async (uri) => {
    const emulator = start()
    const { body } = await danceAt(emulator, spa)
    const reply = await refreshAt(emulator, spa, body.refresh_token, { redirect_uri: uri })
    expect(reply).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    expect((await refreshAt(emulator, spa, body.refresh_token, named)).status).toBe(200)
  })
})

describe('strictness', () => {
  it('takes a secret from a confidential client only, in the body', async () => {
    const emulator = start()
    const code = await codeFor(emulator, spa)
    const wrong = await redeemAt(emulator, spa, code, { client_secret: 'shh' })
    expect(wrong.status).toBe(401)
    const web = { ...spa, clientId: 'web', credentials: { client_id: 'web', client_secret: 'shh' } }
    expect((await danceAt(emulator, web)).status).toBe(200)
  })

  it('takes no header of its own kind in a preflight of the token endpoint', async () => {
    const origin = 'https://app.example.com'
    const request = new Request(spa.tokenUrl, { method: 'OPTIONS', headers: { origin } })
    const { headers } = await start().fetch(request)
    expect(headers.get('access-control-allow-headers')).toBe('Authorization')
  })

  it('ends both tokens by either', async () => {
    const emulator = start()
    const { body } = await danceAt(emulator, spa)
    const revoke = at('gitlab', '', '/oauth/revoke')
    const form = { client_id: 'spa', token: String(body.refresh_token) }
    expect((await post(emulator, revoke, form)).status).toBe(200)
    expect((await get(emulator, meUrl, bearer(body.access_token))).status).toBe(401)
  })
})
