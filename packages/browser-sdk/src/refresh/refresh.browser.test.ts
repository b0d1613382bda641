import { expect, onTestFinished, test, vi } from 'vitest'
import { exchange, exchangeReply, openBrowser, type Browser } from '../testing-internal/dancers.ts'
import { jsonReply, readJwt, type Seen } from '../testing-internal/fake-server.ts'

const tokenUrl = ({ database }: Browser): string => `${exchange}/${database}/github/token`
const refreshes = (browser: Browser): Seen[] =>
  browser.server
    .to(tokenUrl(browser))
    .filter(({ body }) => body.get('grant_type') === 'refresh_token')

/** Sets the clock of all pages. */
function passTime(ms: number): void {
  const then = Date.now() + ms
  vi.spyOn(Date, 'now').mockReturnValue(then)
  onTestFinished(() => void vi.restoreAllMocks())
}

test('B-30: four tabs whose token has ended send exactly one refresh', async () => {
  const browser = openBrowser()
  await browser.signIn()
  const tabs = [1, 2, 3, 4].map(() => browser.open('/'))
  await Promise.all(tabs.map(({ dance }) => dance.ready))
  for (let round = 1; round <= 5; round++) {
    passTime(3_600_000)
    const calls = tabs.flatMap(({ dance }) => [
      dance.session('github').get('/user'),
      dance.session('github').get('/user'),
    ])
    for (const { status } of await Promise.all(calls)) expect(status).toBe(200)
    expect(refreshes(browser)).toHaveLength(round)
    expect(browser.server.seen.at(-1)?.headers.get('Authorization')).toBe(
      `Bearer access-canary-${round + 1}`,
    )
  }
})

test('requests of one tab share one refresh, and ask for its lock once', async () => {
  const browser = openBrowser()
  const { dance } = await browser.signIn()
  passTime(3_600_000)
  const request = vi.spyOn(navigator.locks, 'request')
  const { get } = dance.session('github')
  await Promise.all([get('/user'), get('/user'), get('/user')])
  const names = request.mock.calls.map(([name]) => name)
  // Another page may be waiting for its turn to ask who has signed in.
  expect(names.filter((name) => !name.startsWith('spa-dance:profile '))).toHaveLength(1)
})

test('a refresh sends the latest handle with a proof of the session’s own key', async () => {
  const browser = openBrowser()
  const { dance } = await browser.signIn()
  const refreshed = vi.fn()
  dance.on('refreshed', refreshed)
  passTime(3_600_000)
  await dance.session('github').getAccessToken()
  const [login, refresh] = browser.server.to(tokenUrl(browser))
  expect(refresh?.body.get('refresh_token')).toBe('handle-canary-1')
  const [before, after] = [login, refresh].map((seen) => readJwt(seen?.headers.get('DPoP') ?? ''))
  expect(after?.header['jwk']).toEqual(before?.header['jwk'])
  expect(after?.claims['jti']).not.toBe(before?.claims['jti'])
  expect(refreshed).toHaveBeenCalledWith(
    expect.objectContaining({ client: 'github', account: '7' }),
  )
})

test('B-31: a refresh whose answer was lost is asked for once more, with the same handle', async () => {
  const browser = openBrowser()
  const { dance } = await browser.signIn()
  passTime(3_600_000)
  let lost = true
  browser.server.route(tokenUrl(browser), () => {
    if (!lost) return jsonReply(exchangeReply(9))
    lost = false
    throw new TypeError('Failed to fetch')
  })
  await expect(dance.session('github').getAccessToken()).resolves.toBe('access-canary-9')
  const sent = refreshes(browser)
  expect(sent.map(({ body }) => body.get('refresh_token'))).toEqual([
    'handle-canary-1',
    'handle-canary-1',
  ])
  expect(new Set(sent.map(({ headers }) => headers.get('DPoP'))).size).toBe(2)
})

test('B-31: a grant that is gone ends the session once, and keeps the profile', async () => {
  const browser = openBrowser()
  const { dance } = await browser.signIn()
  const expired = vi.fn()
  dance.on('expired', expired)
  passTime(3_600_000)
  browser.server.route(tokenUrl(browser), () => jsonReply({ error: 'invalid_grant' }, 400))
  const { get } = dance.session('github')
  const gone = { code: 'session-expired' }
  await Promise.all([1, 2, 3].map(() => expect(get('/user')).rejects.toMatchObject(gone)))
  await expect(get('/user')).rejects.toMatchObject(gone)
  expect(refreshes(browser)).toHaveLength(1)
  expect(expired).toHaveBeenCalledExactlyOnceWith({ client: 'github', account: '7' })
  expect(dance.getState().sessions['github']).toMatchObject({
    status: 'expired',
    profile: { id: '7' },
    refreshable: false,
  })
  const next = browser.open('/')
  await next.dance.ready
  expect(next.dance.getState().sessions['github']?.status).toBe('expired')
})

test.each<[string, () => Response, string]>([
  [
    'status 503',
    () => new Response('', { status: 503, headers: { 'Retry-After': '30' } }),
    'provider-unavailable',
  ],
  ['status 429', () => jsonReply({ error: 'slow_down' }, 429), 'provider-unavailable'],
  ['another refusal', () => jsonReply({ error: 'invalid_client' }, 401), 'exchange-refused'],
  ['a page', () => new Response('<html>'), 'reply-unreadable'],
])(
  'B-32: after %s the session stays, and is left alone for a while',
  async (_what, reply, code) => {
    const browser = openBrowser()
    const { dance } = await browser.signIn()
    passTime(3_600_000)
    browser.server.route(tokenUrl(browser), reply)
    const { get } = dance.session('github')
    await expect(get('/user')).rejects.toMatchObject({ code })
    await expect(get('/user')).rejects.toMatchObject({
      code: 'provider-unavailable',
      retryable: true,
    })
    expect(refreshes(browser)).toHaveLength(1)
    expect(dance.getState().sessions['github']?.status).toBe('signed-in')
  },
)

test('B-32: a token that still lives is used where it can’t be renewed yet', async () => {
  const browser = openBrowser()
  const { dance } = await browser.signIn()
  passTime(3_560_000)
  browser.server.route(tokenUrl(browser), () => new Response('', { status: 503 }))
  await expect(dance.session('github').get('/user')).resolves.toMatchObject({ status: 200 })
  await expect(dance.session('github').get('/user')).resolves.toMatchObject({ status: 200 })
  expect(refreshes(browser)).toHaveLength(1)
})

test('B-33: what a refresh does not say stays as it was', async () => {
  const browser = openBrowser()
  const { dance } = await browser.signIn()
  passTime(3_600_000)
  browser.server.route(tokenUrl(browser), () =>
    jsonReply({ access_token: 'second', token_type: 'bearer', expires_in: 60 }),
  )
  await expect(dance.session('github').getAccessToken()).resolves.toBe('second')
  expect(dance.getState().sessions['github']).toMatchObject({
    scopes: ['read:user'],
    refreshable: true,
    profile: { id: '7' },
  })
  passTime(60_000)
  await dance.session('github').getAccessToken()
  expect(refreshes(browser).map(({ body }) => body.get('refresh_token'))).toEqual([
    'handle-canary-1',
    'handle-canary-1',
  ])
})

test('a profile that comes during a refresh takes nothing from it', async () => {
  const browser = openBrowser()
  const { dance } = await browser.signIn()
  let release = (): void => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  browser.server.route('https://api.github.com/user', async () => {
    await held
    return jsonReply({ id: 7, login: 'grace' })
  })
  const renamed = dance.session('github').profile()
  await expect.poll(() => browser.server.to('https://api.github.com/user').length).toBe(2)
  passTime(3_600_000)
  browser.server.route(tokenUrl(browser), async () => {
    release()
    await new Promise((resolve) => setTimeout(resolve, 200))
    return jsonReply(exchangeReply(6))
  })
  const { getAccessToken } = dance.session('github')
  await expect(getAccessToken()).resolves.toBe('access-canary-6')
  await renamed
  expect(dance.getState().sessions['github']?.profile?.name).toBe('grace')
  await expect(getAccessToken()).resolves.toBe('access-canary-6')
  expect(refreshes(browser)).toHaveLength(1)
})

test('B-30: a refresh that ends after a sign-out brings nothing back', async () => {
  const browser = openBrowser()
  const { dance } = await browser.signIn()
  passTime(3_600_000)
  let release = (): void => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  browser.server.route(tokenUrl(browser), async () => {
    await held
    return jsonReply(exchangeReply(5))
  })
  const token = dance.session('github').getAccessToken()
  const outcome = expect(token).rejects.toMatchObject({ code: 'signed-out' })
  await expect.poll(() => refreshes(browser).length).toBe(1)
  await dance.logout('github', { revoke: false })
  release()
  await outcome
  expect(dance.getState().sessions['github']?.status).toBe('signed-out')
  const next = browser.open('/')
  await next.dance.ready
  expect(next.dance.getState().sessions['github']?.status).toBe('signed-out')
})

test('a page that is looked at renews its token by itself', async () => {
  const browser = openBrowser()
  let n = 0
  browser.server.route(tokenUrl(browser), () => jsonReply({ ...exchangeReply(++n), expires_in: 2 }))
  await browser.signIn()
  await expect.poll(() => refreshes(browser).length, { timeout: 8_000 }).toBeGreaterThan(0)
})

test('a session that can’t be renewed is seen to end', async () => {
  const browser = openBrowser()
  browser.server.route(tokenUrl(browser), () =>
    jsonReply({ access_token: 'a', token_type: 'bearer', expires_in: 1 }),
  )
  const { dance } = await browser.signIn()
  await expect
    .poll(() => dance.getState().sessions['github']?.status, { timeout: 8_000 })
    .toBe('expired')
  await expect(dance.session('github').get('/user')).rejects.toMatchObject({
    code: 'session-expired',
  })
})
