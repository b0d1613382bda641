import { describe, expect, it } from 'vitest'
import {
  answerConsent,
  at,
  bearer,
  callback,
  destination,
  get,
  post,
  setUp,
} from '../testing-internal/dance.ts'
import { authorizeAt, danceAt, refreshAt, type Party } from '../testing-internal/party.ts'

const secret = { client_id: 'web', client_secret: 'web-secret' }
const clients = [
  { clientId: 'web', clientSecret: 'web-secret', redirectUris: [callback] },
  { clientId: 'spa', redirectUris: [callback] },
]
const start = () => setUp({ slack: clients, 'slack-openid': clients.slice(0, 1) })

const api = (method: string): string => at('slack', '', `/api/${method}`)
const noPkce = { code_challenge: undefined, code_challenge_method: undefined }
const asUser = { ...noPkce, scope: undefined, user_scope: 'users:read' }

const web: Party = {
  authorizeUrl: at('slack', '', '/oauth/v2/authorize'),
  tokenUrl: api('oauth.v2.access'),
  clientId: 'web',
  scope: 'users:read',
  credentials: secret,
}

async function dance(emulator: ReturnType<typeof start>, change: Record<string, unknown> = asUser) {
  const url = authorizeAt(web, change as Record<string, string | undefined>)
  const code = (await answerConsent(emulator, url)).searchParams.get('code') ?? ''
  const form = { ...secret, grant_type: 'authorization_code', code, redirect_uri: callback }
  return (await post(emulator, web.tokenUrl, form)).json()
}

describe('the dance with Slack', () => {
  it("nests a person's token, and has none at the top", async () => {
    const reply = await dance(start())
    expect(reply).toMatchObject({
      ok: true,
      authed_user: {
        id: 'U01815SLK',
        scope: 'users:read',
        token_type: 'user',
        access_token: expect.stringMatching(/^xoxe\.xoxp-1-/),
        refresh_token: expect.stringMatching(/^xoxe-1-/),
        expires_in: 43_200,
      },
    })
    expect(reply).not.toHaveProperty('access_token')
  })

  it("has a bot's token at the top, and a person's beside it if both were asked for", async () => {
    const emulator = start()
    const bot = await dance(emulator, { ...noPkce, scope: 'chat:write' })
    expect(bot).toMatchObject({ token_type: 'bot', scope: 'chat:write', bot_user_id: 'U0EMULBOT' })
    expect(bot.authed_user).toEqual({ id: 'U01815SLK' })
    const both = await dance(emulator, { ...asUser, scope: 'chat:write' })
    expect(both).toMatchObject({ token_type: 'bot', scope: 'chat:write' })
    expect(both.authed_user).toMatchObject({ token_type: 'user', scope: 'users:read' })
    const who = async (token: string) => (await post(emulator, api('auth.test'), { token })).json()
    expect(await who(both.access_token)).toMatchObject({
      user_id: 'U0EMULBOT',
      bot_id: 'B0EMULBOT',
    })
    expect(await who(both.authed_user.access_token)).toMatchObject({ user_id: 'U01815SLK' })
  })

  it('rotates: a refresh has its tokens at the top, and a refresh token works once', async () => {
    const emulator = start()
    const { authed_user } = await dance(emulator)
    const again = await refreshAt(emulator, web, authed_user.refresh_token)
    expect(again.body).toMatchObject({
      ok: true,
      token_type: 'user',
      access_token: expect.stringMatching(/^xoxe/),
      refresh_token: expect.stringMatching(/^xoxe/),
    })
    expect(await refreshAt(emulator, web, authed_user.refresh_token)).toEqual({
      status: 200,
      body: { ok: false, error: 'invalid_refresh_token' },
    })
  })
})

describe('the strictness of Slack, all under status 200', () => {
  it('refuses a verifier beside a secret', async () => {
    const withPkce = { scope: undefined, user_scope: 'users:read' }
    expect(await danceAt(start(), web, withPkce)).toEqual({
      status: 200,
      body: { ok: false, error: 'internal_error' },
    })
  })

  it('demands PKCE of an app without a secret, and the secret of one with it', async () => {
    const emulator = start()
    const spa: Party = { ...web, clientId: 'spa', credentials: { client_id: 'spa' } }
    const withPkce = { scope: undefined, user_scope: 'users:read' }
    expect((await danceAt(emulator, spa, withPkce)).body.ok).toBe(true)
    const back = destination(await get(emulator, authorizeAt(spa, asUser)))
    expect(back.searchParams.get('error')).toBe('invalid_request')
    const bare: Party = { ...web, credentials: { client_id: 'web' } }
    expect((await danceAt(emulator, bare, withPkce)).body.error).toBe('bad_client_secret')
  })

  it('takes a token in a form or a header, but not in the query', async () => {
    const emulator = start()
    const { authed_user } = await dance(emulator)
    const token = authed_user.access_token
    const url = api(`users.info?user=${authed_user.id}`)
    expect(await (await post(emulator, url, { token })).json()).toMatchObject({
      ok: true,
      user: { id: 'U01815SLK', real_name: 'Ada Lovelace' },
    })
    expect((await (await get(emulator, url, bearer(token))).json()).ok).toBe(true)
    const inQuery = await (await get(emulator, `${url}&token=${token}`)).json()
    expect(inQuery).toEqual({ ok: false, error: 'not_authed' })
  })

  it('tells an expired token from a revoked one, and a missing scope', async () => {
    const emulator = start()
    const { authed_user } = await dance(emulator, { ...asUser, user_scope: 'chat:write' })
    const token = authed_user.access_token
    const ask = async (method: string) => (await post(emulator, api(method), { token })).json()
    expect(await ask('users.info')).toEqual({ ok: false, error: 'missing_scope' })
    emulator.control.expireTokens('slack')
    expect(await ask('auth.test')).toEqual({ ok: false, error: 'token_expired' })
    emulator.control.revoke('slack')
    expect(await ask('auth.test')).toEqual({ ok: false, error: 'invalid_auth' })
  })

  it('ends the one token that it is given', async () => {
    const emulator = start()
    const [one, other] = [await dance(emulator), await dance(emulator)]
    const call = async (method: string, { authed_user }: typeof one) =>
      (await post(emulator, api(method), { token: authed_user.access_token })).json()
    expect(await call('auth.revoke', one)).toEqual({ ok: true, revoked: true })
    expect(await call('auth.test', one)).toMatchObject({ error: 'invalid_auth' })
    expect(await call('auth.test', other)).toMatchObject({ ok: true })
  })

  it('answers pages, but lets them send no header', async () => {
    for (const url of [api('auth.test'), web.tokenUrl]) {
      const headers = { origin: 'https://app.example.com', 'access-control-request-method': 'POST' }
      const reply = await start().fetch(new Request(url, { method: 'OPTIONS', headers }))
      expect(reply.headers.get('access-control-allow-origin')).toBe('*')
      expect(reply.headers.get('access-control-allow-headers')).toBe('')
    }
  })
})

describe('Sign in with Slack', () => {
  it('gives an ID token with the nonce, and the same claims at UserInfo', async () => {
    const emulator = start()
    const tokenUrl = at('slack-openid', '', '/api/openid.connect.token')
    const url = authorizeAt(
      { ...web, authorizeUrl: at('slack-openid', '', '/openid/connect/authorize') },
      { ...noPkce, scope: 'openid profile email', nonce: 'a-nonce' },
    )
    const code = (await answerConsent(emulator, url)).searchParams.get('code') ?? ''
    const form = { ...secret, grant_type: 'authorization_code', code, redirect_uri: callback }
    const reply = await (await post(emulator, tokenUrl, form)).json()
    const claims = JSON.parse(atob(reply.id_token.split('.')[1]))
    expect(claims).toMatchObject({
      iss: at('slack-openid', '', ''),
      aud: 'web',
      nonce: 'a-nonce',
      sub: 'U01815SLK',
      'https://slack.com/team_id': 'T0EMULATOR',
    })
    const info = at('slack-openid', '', '/api/openid.connect.userInfo')
    const { ok, ...told } = await (await post(emulator, info, { token: reply.access_token })).json()
    expect(ok).toBe(true)
    expect(claims).toMatchObject(told)
    const picture = await get(emulator, told.picture)
    expect(picture.headers.get('content-type')).toBe('image/svg+xml')
  })
})
