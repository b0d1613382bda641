import { afterEach, describe, expect, it, vi } from 'vitest'
import type { RequestLogEntry } from '../observe/types.ts'
import { ath, baseUrl, cookieOf, options, page, reply, rig } from '../testing-internal/harness.ts'
import {
  errorOf,
  github1,
  redeem,
  refresh,
  rotating,
  signIn,
  tokenUrl,
} from '../testing-internal/steps.ts'

afterEach(() => void vi.useRealTimers())

describe('a provider that refuses or fails', () => {
  const dead = { status: 400, error: 'invalid_grant', retryAfter: null }
  const broken = { status: 502, error: 'server_error', retryAfter: '30' }
  const down = { status: 503, error: 'temporarily_unavailable', retryAfter: '5' }
  const unreachable = (): Promise<Response> =>
    Promise.reject(Object.assign(new TypeError('fetch failed'), { code: 'ECONNREFUSED' }))
  const elsewhere = { location: 'https://evil.example' }
  const cases: readonly [
    string,
    () => Response | Promise<Response>,
    typeof broken | typeof dead,
  ][] = [
    ['says invalid_grant', reply({ error: 'invalid_grant' }, 400), dead],
    ['hides a dead grant under status 200', reply({ error: 'bad_refresh_token' }), dead],
    ['refuses our secret', reply({ error: 'incorrect_client_credentials' }), broken],
    ['answers in HTML', reply('<html>'), broken],
    ['answers nothing', reply(''), broken],
    ['answers with a redirect', reply({ error: 'invalid_grant' }, 302, elsewhere), broken],
    ['says too much', reply({ ...rotating, more: 'x'.repeat(1_100_000) }), broken],
    ['is down', reply('oops', 500), down],
    ['is busy', reply('', 429, { 'retry-after': '77' }), { ...down, retryAfter: '77' }],
    ["can't be reached", unreachable, down],
  ]
  it.each(cases)('and %s', async (_, script, { status, error, retryAfter }) => {
    const entries: RequestLogEntry[] = []
    const r = await rig({ log: (entry) => void entries.push(entry) })
    r.upstream.on(tokenUrl, reply(rotating), script)
    const { refresh_token: handle = '', nonce } = await signIn(r)
    const answer = await refresh(r, handle, { nonce })
    expect(answer.headers.get('retry-after')).toBe(retryAfter)
    expect(answer.headers.get('access-control-allow-origin')).toBe(page)
    const text = await answer.text()
    expect([answer.status, JSON.parse(text).error]).toEqual([status, error])
    const level = error === 'invalid_grant' ? 'warn' : 'error'
    expect(entries.at(-1)).toMatchObject({ level, status, error, reason: expect.any(String) })
    for (const secret of ['gh-SECRET', 'ghr_1', 'gho_1', 'evil.example', '<html>']) {
      expect(text + JSON.stringify(entries)).not.toContain(secret)
    }
  })

  it('X-29: and hangs, with its deadline over the body too', async () => {
    const dripping = (): Response =>
      new Response(new ReadableStream({ start: (c) => c.enqueue(new Uint8Array([123])) }))
    for (const script of [() => new Promise<Response>(() => {}), dripping]) {
      const r = await rig()
      r.upstream.on(tokenUrl, script)
      const code = await r.code('github', { code: 'c' })
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
      const answer = redeem(r, code)
      await vi.waitFor(() => expect(r.upstream.seen).toHaveLength(1))
      await vi.advanceTimersByTimeAsync(15_000)
      expect(await errorOf(await answer)).toEqual([503, 'temporarily_unavailable'])
      vi.useRealTimers()
    }
  })
})

describe('sealed values', () => {
  it('X-13: each kind opens nowhere but at its own place', async () => {
    const r = await rig({ clients: { github: { ...github1, relay: true } } })
    r.upstream.on(tokenUrl, reply(rotating))
    const code = await r.code('github', { code: 'c' })
    const tokens = await signIn(r)
    const { access_token: token = '', refresh_token: handle = '', nonce } = tokens
    const sent = await r.authorize('github')
    const flow = cookieOf(sent).replace(/^.*~/, '')
    for (const value of [token, handle, flow]) {
      expect(await errorOf(await redeem(r, value))).toEqual([400, 'invalid_grant'])
    }
    for (const value of [code, token, flow]) {
      expect(await errorOf(await refresh(r, value, { nonce }))).toEqual([400, 'invalid_grant'])
    }
    for (const value of [code, handle, flow]) {
      const url = `${baseUrl}/github/api/user`
      const proof = await r.key.proof('GET', url, { nonce, ath: await ath(value) })
      const headers = { origin: page, authorization: `DPoP ${value}`, dpop: proof }
      expect(await errorOf(await r.app.request(url, { headers }))).toEqual([401, 'invalid_token'])
    }
  })

  it('need the apps of the configuration as it is now', async () => {
    const r = await rig()
    r.upstream.on(tokenUrl, reply(rotating))
    const { refresh_token: handle = '', nonce } = await signIn(r)
    const { other } = options().apps
    const later = await rig({ apps: { other: other! }, fetch: r.upstream.fetch })
    const headers = { origin: 'https://other.example.com' }
    expect(await errorOf(await refresh(later, handle, { dpop: r.key, nonce, headers }))).toEqual([
      401,
      'invalid_client',
    ])
  })
})
