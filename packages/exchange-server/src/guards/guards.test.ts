import { describe, expect, it } from 'vitest'
import { baseUrl, options, page, reply, rig } from '../testing-internal/harness.ts'

const form = 'application/x-www-form-urlencoded'
const post = (headers: Record<string, string>, body: BodyInit = 'client_id=spa') => ({
  method: 'POST',
  headers: { 'content-type': form, ...headers },
  body,
  duplex: 'half',
})
const withoutNative = () => {
  const { spa, other } = options().apps
  return { apps: { spa: spa!, other: other! } }
}

describe('the Origin gate', () => {
  it.each([
    'https://app.example.evil',
    'https://evil-app.example.com',
    'https://sub.app.example.com',
    'http://app.example.com',
    'https://app.example.com:444',
    'https://APP.example.com',
    'https://app.example.com.',
    'https://app.example.com/',
    'null',
    '*',
    baseUrl,
  ])('X-1, X-3: refuses %s at every route that acts', async (origin) => {
    const r = await rig()
    for (const path of ['/github/token', '/github/revoke', '/github/api/user']) {
      const answer = await r.app.request(baseUrl + path, post({ origin }))
      expect(answer.status).toBe(403)
      expect(answer.headers.get('access-control-allow-origin')).toBeNull()
    }
    expect(r.upstream.seen).toEqual([])
  })

  it('X-1: refuses a missing Origin, unless the app is browserless', async () => {
    const strict = await rig(withoutNative())
    const body = { client_id: 'native', grant_type: 'refresh_token', refresh_token: 'x' }
    const init = (client: string) => post({}, new URLSearchParams({ ...body, client_id: client }))
    expect((await strict.app.request(`${baseUrl}/github/token`, init('spa'))).status).toBe(403)
    const r = await rig()
    expect((await r.app.request(`${baseUrl}/github/token`, init('spa'))).status).toBe(403)
    const native = await r.app.request(`${baseUrl}/github/token`, init('native'))
    expect((await native.json()).error).toBe('invalid_dpop_proof')
  })

  it('X-1: takes a same-origin GET without Origin where the app lives at our own', async () => {
    const own = { apps: { spa: { redirectUris: [`${baseUrl}/app/callback/{client}`] } } }
    const headers = { 'sec-fetch-site': 'same-origin' }
    const status = async (more: object, given: Record<string, string>): Promise<number> =>
      (await (await rig(more)).app.request(`${baseUrl}/github/api/user`, { headers: given })).status
    expect(await status(own, headers)).toBe(401)
    expect(await status(own, {})).toBe(403)
    expect(await status(own, { 'sec-fetch-site': 'cross-site' })).toBe(403)
    expect(await status(withoutNative(), headers)).toBe(403)
  })

  it("refuses one app's Origin for another app", async () => {
    const r = await rig()
    const body = 'client_id=other&grant_type=refresh_token&refresh_token=x'
    const answer = await r.app.request(`${baseUrl}/github/token`, post({ origin: page }, body))
    expect(answer.status).toBe(403)
  })
})

describe('CORS', () => {
  it('X-5: answers a preflight by lists, whatever is asked for', async () => {
    const r = await rig()
    const ask = (path: string, origin: string) =>
      r.app.request(baseUrl + path, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'PUT',
          'access-control-request-headers': `x-a, ${' '.repeat(65_536)}`,
        },
      })
    const token = await ask('/github/token', page)
    expect(token.status).toBe(204)
    expect(Object.fromEntries(token.headers)).toMatchObject({
      'access-control-allow-origin': page,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'Authorization, DPoP, Content-Type',
      vary: 'Origin',
    })
    const api = await ask('/github/api/user', page)
    expect(api.headers.get('access-control-allow-methods')).toContain('PATCH')
    expect(api.headers.get('access-control-allow-headers')).not.toContain('x-a')
    const foreign = await ask('/github/token', 'https://evil.example')
    expect(foreign.status).toBe(403)
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull()
  })

  it('X-2, X-4: every answer varies by Origin, is not stored, and allows no credentials', async () => {
    const r = await rig()
    const paths = [
      '/healthz',
      '/nothing',
      '/github/authorize',
      '/github/callback',
      '/github/token',
      '/github/revoke',
      '/github/api/user',
      '/github/.well-known/oauth-authorization-server',
    ]
    for (const path of paths) {
      for (const method of ['GET', 'POST', 'PUT', 'OPTIONS']) {
        for (const origin of [page, 'https://evil.example']) {
          const answer = await r.app.request(baseUrl + path, { method, headers: { origin } })
          expect(answer.headers.get('vary')).toBe('Origin')
          expect(answer.headers.get('cache-control')).toBe('no-store')
          expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
          expect(answer.status).toBeLessThan(500)
        }
      }
    }
  })
})

describe('requests that can not be read', () => {
  const cases: readonly [string, Record<string, string>, string, number][] = [
    ['a parameter twice', {}, 'client_id=spa&client_id=spa', 400],
    ['an encoded name twice', {}, 'client_id=spa&client%5Fid=other', 400],
    ['broken percent-encoding', {}, 'client_id=%zz', 400],
    ['bytes that are no UTF-8', {}, 'client_id=%ff', 400],
    ['JSON', { 'content-type': 'application/json' }, '{}', 415],
    ['no content type', { 'content-type': '' }, 'client_id=spa', 415],
    ['no client_id', {}, 'grant_type=x', 400],
    ['an unknown app', {}, 'client_id=nobody', 401],
    ['an empty client_id', {}, 'client_id=', 400],
    ['an unknown grant', {}, 'client_id=spa&grant_type=password', 400],
    ['no grant', {}, 'client_id=spa', 400],
    ['no code', {}, 'client_id=spa&grant_type=authorization_code', 400],
    [
      'names of the prototype',
      {},
      'client_id=spa&__proto__=x&constructor=y&grant_type=toString',
      400,
    ],
    ['a client_id of the prototype', {}, 'client_id=__proto__', 401],
    ['a body over 64 kB', {}, `client_id=spa&x=${'x'.repeat(65_536)}`, 413],
    ['a length over 64 kB', { 'content-length': '65537' }, 'x', 413],
    ['a length that is no number', { 'content-length': 'x' }, 'x', 413],
  ]
  it.each(cases)('X-49: %s', async (_, headers, body, status) => {
    const r = await rig()
    const answer = await r.app.request(
      `${baseUrl}/github/token`,
      post({ origin: page, ...headers }, body),
    )
    const { error, error_description: description } = await answer.json()
    expect(answer.status).toBe(status)
    expect(typeof error).toBe('string')
    expect(typeof description).toBe('string')
    expect(answer.headers.get('access-control-allow-origin')).toBe(page)
  })

  it('X-27: counts a body whose length nobody says', async () => {
    const r = await rig()
    const endless = new ReadableStream({ pull: (c) => c.enqueue(new Uint8Array(16_384)) })
    const answer = await r.app.request(`${baseUrl}/github/token`, post({ origin: page }, endless))
    expect(answer.status).toBe(413)
  })

  it.each([
    ['/nothing', 404],
    ['/', 404],
    ['//github/authorize', 404],
    ['/github', 404],
    ['/github/', 404],
    ['/github/authorize/', 404],
    ['/GITHUB/authorize', 404],
    ['/nobody/authorize', 404],
    ['/__proto__/token', 404],
    ['/github/apiary/x', 404],
    ['/healthz/x', 404],
  ])('X-51: there is nothing at %s', async (path, status) => {
    const r = await rig()
    const answer = await r.app.request(baseUrl + path, { headers: { origin: page } })
    expect(answer.status).toBe(status)
    expect((await answer.json()).error).toBe('not_found')
  })

  it.each([
    ['/github/token', 'GET', 'POST, OPTIONS'],
    ['/github/revoke', 'PUT', 'POST, OPTIONS'],
    ['/github/authorize', 'POST', 'GET'],
    ['/healthz', 'DELETE', 'GET'],
    ['/github/callback', 'PUT', 'GET, POST'],
  ])('says which methods %s takes', async (path, method, allow) => {
    const r = await rig()
    const answer = await r.app.request(baseUrl + path, { method, headers: { origin: page } })
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow])
  })
})

it('X-37: an error nobody foresaw says nothing of itself, not even to the log', async () => {
  const entries: unknown[] = []
  const fail = () => Promise.reject(new RangeError('redis://user:hunter2@db'))
  const store = { first: fail, share: fail, count: fail }
  const r = await rig({ store, log: (entry) => entries.push(entry) })
  r.upstream.on('github.com/login/oauth/access_token', reply({}))
  const answer = await r.post(
    '/github/token',
    { grant_type: 'refresh_token', refresh_token: 'x' },
    { nonce: 'x' },
  )
  expect(answer.status).toBe(400)
  const code = await r.code('github', { code: 'the-code' })
  const failed = await r.post('/github/token', {
    grant_type: 'authorization_code',
    code,
    code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
  })
  expect([failed.status, await failed.json()]).toEqual([500, { error: 'server_error' }])
  const log = JSON.stringify(entries)
  expect(log).toContain('unexpected RangeError')
  for (const secret of ['hunter2', 'the-code', code]) expect(log).not.toContain(secret)
})
