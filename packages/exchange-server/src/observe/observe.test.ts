import { github } from '@spa-dance/providers/github'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { baseUrl, page, reply, rig } from '../testing-internal/harness.ts'
import { redeem, refresh, rotating, signIn, tokenUrl } from '../testing-internal/steps.ts'
import { jsonLines } from './json-lines.ts'
import type { ExchangeEvent, RequestLogEntry } from './types.ts'

afterEach(() => void vi.restoreAllMocks())

/** A rig whose hooks remember. */
async function watched(more: Parameters<typeof rig>[0] = {}) {
  const entries: RequestLogEntry[] = []
  const events: ExchangeEvent[] = []
  const r = await rig({
    log: (entry) => void entries.push(entry),
    onEvent: (event) => void events.push(event),
    ...more,
  })
  return { r, entries, events }
}

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/

describe('the log', () => {
  it('has one entry a request: its id, route, client, status and times', async () => {
    const { r, entries } = await watched()
    r.upstream.on(tokenUrl, reply(rotating))
    await signIn(r)
    await r.app.request(`${baseUrl}/nobody/token?secret=x`, { method: 'POST' })
    await r.app.request(`${baseUrl}/readyz`)
    const timed = { ms: expect.any(Number), id: expect.stringMatching(uuid) }
    const github = { ...timed, client: 'github', level: 'info' }
    expect(entries).toEqual([
      { ...github, method: 'GET', route: 'authorize', status: 303 },
      { ...github, method: 'GET', route: 'callback', status: 303 },
      { ...github, method: 'POST', route: 'token', status: 200, upstreamMs: expect.any(Number) },
      {
        ...timed,
        level: 'warn',
        method: 'POST',
        route: 'token',
        status: 404,
        error: 'not_found',
      },
      { ...timed, level: 'info', method: 'GET', route: 'readyz', status: 200 },
    ])
  })

  it('names what went wrong, also where a redirect tells it to the app', async () => {
    const { r, entries } = await watched()
    await r.authorize('github', { scope: 'admin:everything' })
    await r.authorize('github', { redirect_uri: 'https://evil.example/' })
    await r.app.request(`${baseUrl}/github/callback?code=c&state=s`)
    r.upstream.on('api.twitter.com/oauth/request_token', reply('no', 500))
    await r.authorize('twitter')
    expect(entries).toMatchObject([
      { level: 'warn', status: 303, error: 'invalid_scope' },
      { level: 'warn', status: 400, error: 'unlisted_redirect_uri' },
      { level: 'warn', status: 400, error: 'unknown_flow' },
      { level: 'error', status: 303, error: 'temporarily_unavailable', reason: expect.any(String) },
    ])
  })

  it('has no upstream time where no provider was asked, and the waiting where one was', async () => {
    const { r, entries } = await watched()
    let clock = 0
    vi.spyOn(performance, 'now').mockImplementation(() => clock)
    r.upstream.on(tokenUrl, () => {
      clock += 250
      return reply(rotating)()
    })
    await signIn(r)
    expect(entries.map(({ ms, upstreamMs }) => [ms, upstreamMs])).toEqual([
      [0, undefined],
      [0, undefined],
      [250, 250],
    ])
  })
})

describe('a request id', () => {
  const idOf = async (given?: string) => {
    const { r, entries } = await watched()
    const headers = given === undefined ? {} : { 'x-request-id': given }
    const answer = await r.app.request(`${baseUrl}/healthz`, { headers })
    const id = answer.headers.get('x-request-id')
    expect(entries.map((entry) => entry.id)).toEqual([id])
    return id
  }

  it.each(['01234567', 'a'.repeat(64), 'f3b1c0de-1.x_Y'])('is taken over: %s', async (given) => {
    expect(await idOf(given)).toBe(given)
  })

  it.each([
    undefined,
    '',
    'short',
    'a'.repeat(65),
    'with space',
    '{"a":"b"}',
    'a,b,c,d,e',
    'äääääääää',
  ])('is made anew in place of %j', async (given) => expect(await idOf(given)).toMatch(uuid))

  it("goes to no provider, and the provider's does not come back in its place", async () => {
    const { r } = await watched({
      clients: { github: { provider: github(), clientId: 'x', clientSecret: 'y', relay: true } },
    })
    r.upstream.on(tokenUrl, reply(rotating, 200, { 'x-request-id': 'of-the-provider' }))
    const answer = await redeem(
      r,
      await r.code('github', { code: 'c' }),
      {},
      {
        headers: { 'x-request-id': 'of-the-page' },
      },
    )
    expect(answer.headers.get('x-request-id')).toBe('of-the-page')
    expect(answer.headers.get('access-control-expose-headers')).toContain('X-Request-Id')
    expect(r.upstream.seen[0]?.headers.get('x-request-id')).toBeNull()
  })
})

describe('onEvent', () => {
  it('tells a dance step by step, and every answer', async () => {
    const { r, events } = await watched()
    r.upstream.on(tokenUrl, reply(rotating))
    r.upstream.on('api.github.com/applications/gh-id/token', reply('', 200))
    const { refresh_token: handle = '', nonce } = await signIn(r)
    const renewed = await (await refresh(r, handle, { nonce })).json()
    await r.post('/github/revoke', { token: renewed.refresh_token }, { dpop: null })
    const steps = events.filter(({ type }) => type !== 'answered')
    const by = { id: expect.stringMatching(uuid), client: 'github', app: 'spa' }
    expect(steps).toEqual([
      { type: 'login-begun', ...by },
      { type: 'login-finished', ...by },
      { type: 'token-issued', ...by },
      { type: 'token-refreshed', ...by },
      { type: 'token-revoked', ...by },
    ])
    const answers = events.filter(({ type }) => type === 'answered')
    expect(answers.map(({ id }) => id)).toEqual(steps.map(({ id }) => id))
  })

  it('tells whose fault a failure is', async () => {
    const fail = () => Promise.reject(new RangeError('hunter2'))
    const { r, events } = await watched()
    r.upstream.on(tokenUrl, reply('<html>'))
    await redeem(r, 'forged')
    await redeem(r, await r.code('github', { code: 'c' }))
    const other = await watched({ store: { first: fail, share: fail, count: fail } })
    await redeem(other.r, await other.r.code('github', { code: 'c' }))
    const failures = [...events, ...other.events].filter(({ type }) =>
      ['refused', 'upstream-failed', 'failed'].includes(type),
    )
    expect(failures).toMatchObject([
      { type: 'refused', route: 'token', client: 'github', error: 'invalid_grant' },
      { type: 'upstream-failed', error: 'server_error', reason: expect.stringContaining('GitHub') },
      { type: 'failed', error: 'server_error', reason: 'unexpected RangeError' },
    ])
  })

  it.each([
    [
      'throws',
      () => {
        throw new Error('mine')
      },
    ],
    ['rejects', () => Promise.reject(new Error('mine'))],
    ['never ends', () => new Promise(() => {})],
  ])('harms nobody where a hook %s', async (_, hook) => {
    const { r } = await watched({ log: hook, onEvent: hook })
    r.upstream.on(tokenUrl, reply(rotating))
    expect(await signIn(r)).toMatchObject({ access_token: 'gho_1' })
    const headers = { origin: page }
    expect(
      (await r.app.request(`${baseUrl}/github/token`, { method: 'POST', headers })).status,
    ).toBe(415)
  })
})

it('writes lines of JSON from a level on', () => {
  const entry = { id: 'x', method: 'GET', route: 'token', status: 200, ms: 1 } as const
  const written = (level?: 'info' | 'warn' | 'error' | 'off') => {
    const lines: string[] = []
    const log = jsonLines((line) => lines.push(line), level)
    for (const each of ['info', 'warn', 'error'] as const) log({ ...entry, level: each })
    return lines.map((line) => JSON.parse(line))
  }
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  expect(written()).toEqual(['info', 'warn', 'error'].map((level) => ({ time, ...entry, level })))
  expect(written('warn')).toHaveLength(2)
  expect(written('error')).toHaveLength(1)
  expect(written('off')).toEqual([])
})
