import { describe, expect, it } from 'vitest'
import { reply, rig, verifier, type Rig } from '../testing-internal/harness.ts'
import { createClock } from './clock.ts'

const hour = 3600
const seconds = (): number => Math.floor(Date.now() / 1000)
const dateIn = (ahead: number): string => new Date(Date.now() + ahead * 1000).toUTCString()
const refusal = (date: string | undefined, status = 401) => ({
  status,
  headers: new Headers(date === undefined ? {} : { date }),
})

describe('a clock', () => {
  it.each([hour, -hour, 86_000])('O-11: goes by the provider that is %i s ahead', (ahead) => {
    const clock = createClock()
    expect(clock.learn(refusal(dateIn(ahead)))).toBe(true)
    expect(Math.abs(clock.now() - seconds() - ahead)).toBeLessThan(5)
    // The same time again is no news: the request was refused for something else.
    expect(clock.learn(refusal(dateIn(ahead)))).toBe(false)
  })

  it.each([
    ['no date', undefined],
    ['no date that can be read', 'yesterday'],
    ['about the same time', dateIn(10)],
    ['a time more than a day away', dateIn(90_000)],
    ['a time more than a day before', dateIn(-90_000)],
  ])('O-11: learns nothing from %s', (_, date) => {
    const clock = createClock()
    expect(clock.learn(refusal(date))).toBe(false)
    expect(Math.abs(clock.now() - seconds())).toBeLessThan(5)
  })

  it('O-11: learns nothing from an answer that is no refusal, and never more than a day in all', () => {
    const clock = createClock()
    expect(clock.learn(refusal(dateIn(hour), 200))).toBe(false)
    expect(clock.learn(refusal(dateIn(hour), 403))).toBe(false)
    expect(clock.learn(refusal(dateIn(80_000)))).toBe(true)
    expect(clock.learn(refusal(dateIn(160_000)))).toBe(false)
  })
})

describe('an exchange whose clock is an hour late', () => {
  /** What a provider says that takes a timestamp only if it is near its own. */
  const strict = (r: Rig, body: string) => (): Response => {
    const header = r.upstream.seen.at(-1)?.headers.get('authorization') ?? ''
    const sent = Number(/oauth_timestamp="(\d+)"/.exec(header)?.[1])
    const isRight = Math.abs(sent - seconds() - hour) < 60
    const headers = { date: dateIn(hour) }
    return isRight
      ? reply(body, 200, headers)()
      : reply('{"errors":[{"code":135,"message":"Timestamp out of bounds."}]}', 401, headers)()
  }

  it('O-11: signs once more by the provider’s clock, and goes by it from then on', async () => {
    const r = await rig()
    r.upstream.on(
      'api.x.com/oauth/request_token',
      strict(r, 'oauth_token=rt&oauth_token_secret=rs&oauth_callback_confirmed=true'),
    )
    r.upstream.on(
      'api.x.com/oauth/access_token',
      strict(r, 'oauth_token=at&oauth_token_secret=as&user_id=1&screen_name=ada'),
    )
    const code = await r.code('twitter', { oauth_token: 'rt', oauth_verifier: 'ov' })
    const form = { grant_type: 'authorization_code', code, code_verifier: verifier }
    expect((await r.post('/twitter/token', form)).status).toBe(200)
    expect(r.upstream.seen.map(({ url }) => url.pathname)).toEqual([
      '/oauth/request_token',
      '/oauth/request_token',
      '/oauth/access_token',
    ])
    const nonces = r.upstream.seen.map(
      ({ headers }) => /oauth_nonce="([^"]+)"/.exec(headers.get('authorization') ?? '')?.[1],
    )
    expect(new Set(nonces).size).toBe(3)
  })

  it('O-11: asks once more and no oftener, where the provider stays unwilling', async () => {
    const r = await rig()
    r.upstream.on('api.x.com/oauth/request_token', () => reply('', 401, { date: dateIn(hour) })())
    const sent = await r.authorize('twitter')
    expect(new URL(sent.headers.get('location') ?? '').searchParams.get('error')).toBe(
      'server_error',
    )
    expect(r.upstream.seen).toHaveLength(2)
  })
})
