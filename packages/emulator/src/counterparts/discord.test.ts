import { describe, expect, it } from 'vitest'
import {
  answerConsent,
  at,
  bearer,
  callback,
  dance,
  destination,
  discordAuthorize,
  get,
  post,
  redeem,
  refresh,
  setUp,
  verifier,
  type SetUp,
} from '../testing-internal/dance.ts'

const tokenUrl = at('discord', '', '/api/oauth2/token')
const revokeUrl = at('discord', '', '/api/oauth2/token/revoke')
const meUrl = at('discord', '', '/api/v10/users/@me')
const page = { origin: 'https://app.example.com' }

async function code(emulator: SetUp, query: Record<string, string> = {}): Promise<string> {
  const back = await answerConsent(emulator, discordAuthorize(query))
  return back.searchParams.get('code') ?? ''
}

describe('the dance with Discord', () => {
  it('goes from the consent page to the API without a secret', async () => {
    const emulator = setUp()
    const { body } = await redeem(emulator, 'discord', await code(emulator))
    expect(body).toEqual({
      access_token: expect.stringMatching(/^.{20}/),
      expires_in: 604_800,
      refresh_token: expect.stringMatching(/^.{20}/),
      scope: 'identify email',
      token_type: 'Bearer',
    })
    for (const path of ['/api/v10/users/@me', '/api/users/@me']) {
      const me = await get(emulator, at('discord', '', path), bearer(body['access_token']))
      expect(await me.json()).toMatchObject({
        username: 'ada-lovelace',
        global_name: 'Ada Lovelace',
        email: 'ada@example.com',
        verified: true,
      })
    }
  })

  it('has people without a name and a picture', async () => {
    const emulator = setUp()
    const { access_token } = await dance(emulator, 'discord', 'lin')
    const me = await (await get(emulator, meUrl, bearer(access_token))).json()
    expect(me).toMatchObject({ username: 'lin', global_name: null, avatar: null })
  })

  it('serves the picture that the avatar hash names, and no other', async () => {
    const emulator = setUp()
    const { access_token } = await dance(emulator, 'discord')
    const { id, avatar } = await (await get(emulator, meUrl, bearer(access_token))).json()
    const picture = (hash: string): Promise<Response> =>
      get(emulator, at('discord', 'cdn-discordapp-com', `/avatars/${id}/${hash}.png`))
    expect((await picture(avatar)).headers.get('content-type')).toBe('image/svg+xml')
    expect((await picture('a'.repeat(32))).status).toBe(404)
  })

  it('says access_denied after a decline', async () => {
    const back = await answerConsent(setUp(), discordAuthorize(), 'decline')
    expect(back.searchParams.get('error')).toBe('access_denied')
    expect(back.searchParams.get('state')).toBe('a state')
  })

  it('lets someone pass unseen by prompt=none who has agreed to as much before', async () => {
    const emulator = setUp()
    const cookie = { cookie: 'emulator_person=ada' }
    const quiet = discordAuthorize({ prompt: 'none' })
    expect((await get(emulator, quiet, cookie)).status).toBe(200)
    await dance(emulator, 'discord')
    expect(destination(await get(emulator, quiet, cookie)).searchParams.has('code')).toBe(true)
    expect((await get(emulator, quiet)).status).toBe(200)
    expect((await get(emulator, discordAuthorize(), cookie)).status).toBe(200)
    const more = discordAuthorize({ prompt: 'none', scope: 'identify email guilds' })
    expect((await get(emulator, more, cookie)).status).toBe(200)
  })
})

describe('strictness', () => {
  it.each([
    ['a secret of a public client', { client_secret: 'x' }, 401, 'invalid_client'],
    ['a missing secret', { client_id: 'dc-confidential' }, 401, 'invalid_client'],
    ['a missing redirect', { redirect_uri: undefined }, 400, 'invalid_grant'],
    ['a wrong redirect', { redirect_uri: `${callback}?x` }, 400, 'invalid_grant'],
    ['a wrong verifier', { code_verifier: 'x'.repeat(43) }, 400, 'invalid_grant'],
    ['a verifier that is too short', { code_verifier: 'x' }, 400, 'invalid_grant'],
    ['a wrong code', { code: 'x' }, 400, 'invalid_grant'],
    ['a missing grant type', { grant_type: 'implicit' }, 400, 'unsupported_grant_type'],
  ])('refuses %s', async (_what, change, status, error) => {
    const emulator = setUp()
    const reply = await redeem(emulator, 'discord', await code(emulator), change)
    expect(reply).toMatchObject({ status, body: { error } })
  })

  it('spends a code once', async () => {
    const emulator = setUp()
    const value = await code(emulator)
    expect((await redeem(emulator, 'discord', value)).status).toBe(200)
    expect((await redeem(emulator, 'discord', value)).status).toBe(400)
  })

  it('takes the secret of a confidential client, in the body or as Basic', async () => {
    const emulator = setUp()
    const client = { client_id: 'dc-confidential', client_secret: 'dc-secret' }
    const one = await code(emulator, { client_id: client.client_id })
    expect((await redeem(emulator, 'discord', one, client)).status).toBe(200)
  })

  it.each([
    [
      'no PKCE from a public client',
      ['code_challenge', 'code_challenge_method'],
      'invalid_request',
    ],
    ['a missing scope', ['scope'], 'invalid_scope'],
    ['a missing response type', ['response_type'], 'invalid_request'],
  ])('sends %s back as an error', async (_what, missing, error) => {
    const address = new URL(discordAuthorize())
    for (const name of missing) address.searchParams.delete(name)
    const back = destination(await get(setUp(), address.href))
    expect(back.searchParams.get('error')).toBe(error)
  })

  it('sends an unknown scope back as an error', async () => {
    const back = destination(await get(setUp(), discordAuthorize({ scope: 'identify everything' })))
    expect(back.searchParams.get('error')).toBe('invalid_scope')
  })

  it('shows a page where the redirect URI is missing or the client unknown', async () => {
    const address = new URL(discordAuthorize())
    address.searchParams.delete('redirect_uri')
    expect((await get(setUp(), address.href)).status).toBe(400)
    expect((await get(setUp(), discordAuthorize({ client_id: 'who' }))).status).toBe(400)
  })

  it('takes form bodies only', async () => {
    const emulator = setUp()
    expect((await get(emulator, tokenUrl)).status).toBe(405)
    expect((await get(emulator, revokeUrl)).status).toBe(405)
    const body = JSON.stringify({ client_id: 'dc', code: await code(emulator) })
    const headers = { 'content-type': 'application/json' }
    const reply = await emulator.fetch(new Request(tokenUrl, { method: 'POST', body, headers }))
    expect(await reply.json()).toEqual({ error: 'invalid_request' })
  })

  it('refuses a repeated parameter at the token endpoint', async () => {
    const emulator = setUp()
    const form = new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'dc',
      code: await code(emulator),
      redirect_uri: callback,
      code_verifier: verifier,
    })
    const twice = await post(emulator, tokenUrl, `${String(form)}&scope=a&scope=b`)
    expect(await twice.json()).toEqual({ error: 'invalid_request' })
    expect((await post(emulator, tokenUrl, String(form))).status).toBe(200)
  })

  it('wants the scope that a read needs', async () => {
    const emulator = setUp()
    const { access_token } = await dance(emulator, 'discord')
    const guilds = await get(emulator, `${meUrl}/guilds`, bearer(access_token))
    expect(guilds.status).toBe(403)
  })
})

describe('pages of other origins', () => {
  it.each([tokenUrl, revokeUrl, meUrl])('may call %s', async (address) => {
    const emulator = setUp()
    const preflight = await emulator.fetch(
      new Request(address, { method: 'OPTIONS', headers: page }),
    )
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
    const reply =
      address === meUrl ? get(emulator, address, page) : post(emulator, address, {}, page)
    expect((await reply).headers.get('access-control-allow-origin')).toBe('*')
  })

  it('may not read the consent page', async () => {
    const reply = await get(setUp(), discordAuthorize(), page)
    expect(reply.headers.has('access-control-allow-origin')).toBe(false)
  })
})

describe('refresh and revocation', () => {
  it('rotates: the old refresh token is dead at once', async () => {
    const emulator = setUp()
    const first = await dance(emulator, 'discord')
    const second = await refresh(emulator, 'discord', first['refresh_token'])
    expect(second.status).toBe(200)
    const again = await refresh(emulator, 'discord', first['refresh_token'])
    expect(again).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    expect((await refresh(emulator, 'discord', second.body['refresh_token'])).status).toBe(200)
  })

  it("takes all of the app's tokens for that person with it", async () => {
    const emulator = setUp()
    const one = await dance(emulator, 'discord')
    const two = await dance(emulator, 'discord')
    const other = await dance(emulator, 'discord', 'grace')
    const form = { client_id: 'dc', token: String(one['refresh_token']) }
    expect((await post(emulator, revokeUrl, form)).status).toBe(200)
    expect((await get(emulator, meUrl, bearer(two['access_token']))).status).toBe(401)
    expect((await refresh(emulator, 'discord', two['refresh_token'])).status).toBe(400)
    expect((await get(emulator, meUrl, bearer(other['access_token']))).status).toBe(200)
  })

  it('knows no error for an unknown token, but for a foreign one and an unknown client', async () => {
    const emulator = setUp()
    const { access_token } = await dance(emulator, 'discord')
    const token = String(access_token)
    const revoke = async (form: Record<string, string>): Promise<number> =>
      (await post(emulator, revokeUrl, form)).status
    expect(await revoke({ client_id: 'dc', token: 'x' })).toBe(200)
    expect(await revoke({ client_id: 'who', token })).toBe(401)
    const foreign = { client_id: 'dc-confidential', client_secret: 'dc-secret', token }
    expect(await revoke(foreign)).toBe(400)
    expect((await get(emulator, meUrl, bearer(token))).status).toBe(200)
  })
})
