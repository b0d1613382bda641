import { describe, expect, it } from 'vitest'
import {
  at,
  bearer,
  dance,
  destination,
  discordAuthorize,
  get,
  githubAuthorize,
  post,
  refresh,
  requestToken,
  setUp,
  url,
  verifier,
  type SetUp,
} from '../testing-internal/dance.ts'

const userUrl = at('github', 'api-github-com', '/user')
const userStatus = async (emulator: SetUp, token: unknown): Promise<number> =>
  (await get(emulator, userUrl, bearer(token))).status

describe('control', () => {
  it('declines and approves without a page, in order', async () => {
    const emulator = setUp()
    emulator.control.denyNext('github')
    emulator.control.approveNext('github', 'grace')
    const denied = destination(await get(emulator, githubAuthorize()))
    expect(denied.searchParams.get('error')).toBe('access_denied')
    const approved = destination(await get(emulator, githubAuthorize()))
    expect(approved.searchParams.has('code')).toBe(true)
    expect((await get(emulator, githubAuthorize())).status).toBe(200)
  })

  it('expires access tokens and leaves refresh tokens', async () => {
    const emulator = setUp()
    const { access_token, refresh_token } = await dance(emulator, 'github')
    emulator.control.expireTokens('github')
    expect(await userStatus(emulator, access_token)).toBe(401)
    const { body } = await refresh(emulator, 'github', refresh_token)
    expect(await userStatus(emulator, body['access_token'])).toBe(200)
  })

  it('revokes everything, of one person or of all', async () => {
    const emulator = setUp()
    const ada = await dance(emulator, 'github')
    const grace = await dance(emulator, 'github', 'grace')
    emulator.control.revoke('github', 'ada')
    expect(await userStatus(emulator, ada['access_token'])).toBe(401)
    expect((await refresh(emulator, 'github', ada['refresh_token'])).body).toHaveProperty('error')
    expect(await userStatus(emulator, grace['access_token'])).toBe(200)
    emulator.control.revoke('github')
    expect(await userStatus(emulator, grace['access_token'])).toBe(401)
  })

  it('forgets agreements with what it revokes', async () => {
    const emulator = setUp()
    await dance(emulator, 'discord')
    emulator.control.revoke('discord')
    const cookie = { cookie: 'emulator_person=ada' }
    const page = await get(emulator, discordAuthorize({ prompt: 'none' }), cookie)
    expect(page.status).toBe(200)
  })

  it('fails the next refresh, and only that', async () => {
    const emulator = setUp()
    emulator.control.failNext('github', 'refresh', { status: 503 })
    const { refresh_token } = await dance(emulator, 'github')
    expect((await refresh(emulator, 'github', refresh_token)).status).toBe(503)
    expect((await refresh(emulator, 'github', refresh_token)).body).toHaveProperty('access_token')
  })

  it('drops a request before the provider saw it, or only the reply', async () => {
    const emulator = setUp()
    const { refresh_token } = await dance(emulator, 'github')
    emulator.control.failNext('github', 'refresh', { drop: 'request' })
    await expect(refresh(emulator, 'github', refresh_token)).rejects.toThrow(TypeError)
    const second = (await refresh(emulator, 'github', refresh_token)).body
    expect(second).toHaveProperty('access_token')

    emulator.control.failNext('github', 'refresh', { drop: 'reply' })
    await expect(refresh(emulator, 'github', second['refresh_token'])).rejects.toThrow(TypeError)
    const third = (await refresh(emulator, 'github', second['refresh_token'])).body
    expect(third['error']).toBe('bad_refresh_token')
  })

  it('sets how long tokens live, where they ever expire', async () => {
    const emulator = setUp()
    emulator.control.setTokenLifetime('github', 5)
    const { access_token, expires_in } = await dance(emulator, 'github')
    expect(expires_in).toBe(5)
    emulator.wait(5)
    expect(await userStatus(emulator, access_token)).toBe(401)
    emulator.control.setTokenLifetime('github', undefined)
    expect((await dance(emulator, 'github'))['expires_in']).toBe(28_800)
    expect(() => emulator.control.setTokenLifetime('twitter', 5)).toThrow(/never expire/)
  })

  it('goes back to the start', async () => {
    const emulator = setUp()
    const { access_token } = await dance(emulator, 'github')
    emulator.control.denyNext('github')
    emulator.control.setTokenLifetime('github', 5)
    emulator.control.reset()
    expect(emulator.control.requests()).toEqual([])
    expect(await userStatus(emulator, access_token)).toBe(401)
    expect((await dance(emulator, 'github'))['expires_in']).toBe(28_800)
  })

  it('names those it knows to whoever asks for another', () => {
    const { control } = setUp()
    expect(() => control.denyNext('myspace')).toThrow(/github.*twitter/)
    expect(() => control.approveNext('github', 'mallory')).toThrow(/ada, grace, lin/)
  })
})

describe('the request log', () => {
  it('tells what came, by name', async () => {
    const emulator = setUp()
    const { refresh_token } = await dance(emulator, 'github')
    await refresh(emulator, 'github', refresh_token)
    const log = emulator.control.requests('github')
    expect(log.map(({ endpoint }) => endpoint)).toEqual(['authorize', 'consent', 'token', 'token'])
    expect(log.at(-1)).toEqual({
      at: emulator.now(),
      provider: 'github',
      endpoint: 'token',
      method: 'POST',
      host: 'github.com',
      path: '/login/oauth/access_token',
      query: [],
      form: ['client_id', 'client_secret', 'grant_type', 'refresh_token'],
      grantType: 'refresh_token',
      secretSent: true,
      status: 200,
    })
    expect(emulator.control.requests('discord')).toEqual([])
  })

  it('tells the origin, the scheme, preflights, and drops as status 0', async () => {
    const emulator = setUp()
    const origin = 'https://app.example.com'
    await emulator.fetch(new Request(userUrl, { method: 'OPTIONS', headers: { origin } }))
    emulator.control.failNext('github', 'api', { drop: 'request' })
    await expect(get(emulator, userUrl, { origin, ...bearer('x') })).rejects.toThrow(TypeError)
    expect(emulator.control.requests()).toMatchObject([
      { method: 'OPTIONS', origin, status: 204 },
      { method: 'GET', origin, authorization: 'Bearer', secretSent: false, status: 0 },
    ])
  })

  it('holds no secret, code, verifier or token', async () => {
    const emulator = setUp()
    const { access_token, refresh_token } = await dance(emulator, 'github')
    await get(emulator, userUrl, bearer(access_token))
    await requestToken(emulator, 'github', { grant_type: 'gh-secret' })
    const log = JSON.stringify(emulator.control.requests())
    for (const value of [access_token, refresh_token, 'gh-secret', verifier]) {
      expect(log).not.toContain(String(value))
    }
  })
})

describe('control over HTTP', () => {
  const act = (emulator: SetUp, path: string, body: unknown, headers = {}): Promise<Response> =>
    emulator.fetch(
      new Request(`${url}/_emulator/${path}`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers,
      }),
    )

  it('does what the object does', async () => {
    const emulator = setUp()
    const provider = 'github'
    await act(emulator, 'lifetime', { provider, seconds: 7 })
    await act(emulator, 'approve', { provider, person: 'grace' })
    await act(emulator, 'deny', { provider })
    expect(destination(await get(emulator, githubAuthorize())).searchParams.has('code')).toBe(true)
    expect(destination(await get(emulator, githubAuthorize())).searchParams.has('error')).toBe(true)
    const { access_token, refresh_token, expires_in } = await dance(emulator, 'github')
    expect(expires_in).toBe(7)
    await act(emulator, 'expire', { provider })
    expect(await userStatus(emulator, access_token)).toBe(401)
    await act(emulator, 'fail', { provider, at: 'refresh', status: 500 })
    expect((await refresh(emulator, 'github', refresh_token)).status).toBe(500)
    await act(emulator, 'revoke', { provider })
    expect((await refresh(emulator, 'github', refresh_token)).body).toHaveProperty('error')

    const log = await get(emulator, `${url}/_emulator/requests?provider=github`)
    expect(await log.json()).toEqual(emulator.control.requests('github'))
    await act(emulator, 'reset', {})
    expect(emulator.control.requests()).toEqual([])
  })

  it.each([
    ['deny', {}],
    ['deny', { provider: 'myspace' }],
    ['fail', { provider: 'github', at: 'refresh' }],
    ['fail', { provider: 'github', at: 'refresh', status: 200 }],
    ['fail', { provider: 'github', at: 'moon', status: 500 }],
    ['lifetime', { provider: 'github', seconds: -1 }],
  ])('answers 400 to %s %j', async (path, body) => {
    const reply = await act(setUp(), path, body)
    expect(reply.status).toBe(400)
    expect(await reply.json()).toEqual({ message: expect.any(String) })
  })

  it('takes pages on loopback and no other', async () => {
    const emulator = setUp()
    const app = { origin: 'http://app.localhost:5173' }
    const allowed = await act(emulator, 'reset', {}, app)
    expect(allowed.headers.get('access-control-allow-origin')).toBe(app.origin)
    for (const origin of ['https://evil.example', 'https://localhost.evil.example', 'null']) {
      expect((await act(emulator, 'reset', {}, { origin })).status).toBe(403)
    }
  })

  it('is not found on a provider, nor under a foreign host', async () => {
    const emulator = setUp()
    const foreign = { host: 'evil.example:4180' }
    expect((await act(emulator, 'reset', {}, foreign)).status).toBe(404)
    const there = await post(emulator, at('github', '', '/_emulator/reset'), {})
    expect(there.status).toBe(404)
  })
})
