import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { exchange, exchangeReply, openBrowser, type Browser } from '../testing-internal/dancers.ts'
import { jsonReply, type Seen } from '../testing-internal/fake-server.ts'
import { readConfig } from '../config.ts'
import { indexedDbStorage } from '../storage/indexed-db.ts'
import { memoryStorage } from '../storage/memory.ts'

const hour = 3_600_000
const tokenUrl = ({ database }: Browser): string => `${exchange}/${database}/github/token`
const refreshes = (browser: Browser): Seen[] =>
  browser.server
    .to(tokenUrl(browser))
    .filter(({ body }) => body.get('grant_type') === 'refresh_token')
const statusOf = ({ dance }: ReturnType<Browser['open']>): string | undefined =>
  dance.getState().sessions['github']?.status

const keyOf = ({ options }: Browser): string =>
  `${readConfig(options, location.origin).clients.get('github')?.key}7`

/** Sets the clock of all pages, from what it was at first. */
function setClock(from: number, ms: number): void {
  vi.spyOn(Date, 'now').mockReturnValue(from + ms)
}

afterEach(() => void vi.restoreAllMocks())

/** Holds a session's lock, as another tab does. Returns what lets go of it. */
async function holdLock(browser: Browser): Promise<() => void> {
  let release = (): void => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  onTestFinished(release)
  await new Promise<void>((held) => {
    void navigator.locks.request(`spa-dance:${keyOf(browser)}`, () => {
      held()
      return released
    })
  })
  return release
}

/** Lets waits for a lock end at once that would end after 10 s. */
function shortenWaits(): void {
  const real = setTimeout
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((task: () => void, ms?: number) =>
    real(task, ms === 10_000 ? 50 : ms)) as typeof setTimeout)
}

test('B-30: a lock that is never released ends in a typed error, and the tokens stay', async () => {
  const browser = openBrowser()
  const page = await browser.signIn()
  const from = Date.now()
  const release = await holdLock(browser)
  setClock(from, hour)
  shortenWaits()
  const { getAccessToken } = page.dance.session('github')
  const late = { code: 'timeout', retryable: true }
  await expect(getAccessToken()).rejects.toMatchObject(late)
  expect(refreshes(browser)).toHaveLength(0)
  expect(statusOf(page)).toBe('signed-in')
  expect(page.dance.getState().sessions['github']?.error).toMatchObject(late)
  release()
  setClock(from, 2 * hour)
  await expect(getAccessToken()).resolves.toBe('access-canary-2')
  expect(page.dance.getState().sessions['github']?.error).toBeUndefined()
})

test('B-30: who waits in vain for a lock takes what its holder has written', async () => {
  const browser = openBrowser()
  const page = await browser.signIn()
  await holdLock(browser)
  setClock(Date.now(), hour)
  const storage = indexedDbStorage({ name: browser.database })
  const before = await storage.get(keyOf(browser))
  if (!before) throw new Error('nobody is signed in')
  shortenWaits()
  const token = page.dance.session('github').getAccessToken()
  const tokens = { ...before.tokens, accessToken: 'from the holder', issuedAt: Date.now() }
  await storage.write({
    put: [{ ...before, revision: 'other', tokens: { ...tokens, expiresAt: Date.now() + hour } }],
  })
  await expect(token).resolves.toBe('from the holder')
  expect(refreshes(browser)).toHaveLength(0)
})

test.each<[string, () => void]>([
  ['are missing', () => vi.spyOn(navigator, 'locks', 'get').mockReturnValue(undefined as never)],
  [
    'are denied',
    () =>
      vi
        .spyOn(navigator.locks, 'request')
        .mockRejectedValue(new DOMException('denied', 'SecurityError')),
  ],
])('where Web Locks %s, each tab refreshes once, and says so once', async (_what, take) => {
  take()
  const browser = openBrowser()
  const { dance } = await browser.signIn()
  const told = vi.fn()
  dance.on('error', told)
  const from = Date.now()
  for (const round of [1, 2]) {
    setClock(from, round * hour)
    const { get } = dance.session('github')
    await Promise.all([get('/user'), get('/user'), get('/user')])
    expect(refreshes(browser)).toHaveLength(round)
  }
  expect(told).toHaveBeenCalledExactlyOnceWith({
    error: expect.objectContaining({ code: 'unsupported-environment' }) as unknown,
  })
})

test('B-34: a clock that jumps hours ahead and back costs one refresh each', async () => {
  const browser = openBrowser()
  const { dance } = await browser.signIn()
  const { get } = dance.session('github')
  const from = Date.now()
  for (const [round, jump] of [3 * hour, -3 * hour, 0].entries()) {
    setClock(from, jump)
    await Promise.all([get('/user'), get('/user')])
    await get('/user')
    expect(refreshes(browser)).toHaveLength(round + 1)
  }
})

test('B-32: after hours offline the session is there, and one refresh renews it', async () => {
  const browser = openBrowser()
  const page = await browser.signIn()
  const { get } = page.dance.session('github')
  const from = Date.now()
  let online = false
  const answers = vi.fn(() => jsonReply(exchangeReply(9)))
  browser.server.route(tokenUrl(browser), () => {
    if (!online) throw new TypeError('Failed to fetch')
    return answers()
  })
  vi.spyOn(navigator, 'onLine', 'get').mockImplementation(() => online)
  for (let hours = 1; hours <= 5; hours++) {
    setClock(from, hours * hour)
    await expect(get('/user')).rejects.toMatchObject({ code: 'network-failed', retryable: true })
    // Offline, a second try is as vain as the first.
    expect(refreshes(browser)).toHaveLength(hours)
    // And the next ones wait.
    await expect(get('/user')).rejects.toMatchObject({ code: 'provider-unavailable' })
    expect(statusOf(page)).toBe('signed-in')
  }
  online = true
  dispatchEvent(new Event('online'))
  await expect.poll(() => answers.mock.calls.length, { timeout: 8_000 }).toBe(1)
  await expect(get('/user')).resolves.toMatchObject({ status: 200 })
  expect(answers).toHaveBeenCalledOnce()
})

test('B-32: what failed offline is not waited for once the browser is online', async () => {
  // Of its own, so that no other page renews it.
  const browser = openBrowser({ storage: memoryStorage() })
  const { dance } = await browser.signIn()
  const { get } = dance.session('github')
  const online = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
  const answer = vi.fn((): Response => {
    throw new TypeError('Failed to fetch')
  })
  browser.server.route(tokenUrl(browser), () => answer())
  setClock(Date.now(), hour)
  await expect(get('/user')).rejects.toMatchObject({ code: 'network-failed' })
  await expect(get('/user')).rejects.toMatchObject({ code: 'provider-unavailable' })
  online.mockReturnValue(true)
  answer.mockImplementation(() => jsonReply(exchangeReply(2)))
  dispatchEvent(new Event('online'))
  await expect(get('/user')).resolves.toMatchObject({ status: 200 })
})

test('B-37: a refresh that can’t be written is used as long as the page lasts', async () => {
  const browser = openBrowser()
  const page = await browser.signIn()
  const told = vi.fn()
  page.dance.on('error', told)
  const from = Date.now()
  setClock(from, hour)
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  const { getAccessToken } = page.dance.session('github')
  await expect(getAccessToken()).resolves.toBe('access-canary-2')
  await expect(getAccessToken()).resolves.toBe('access-canary-2')
  expect(refreshes(browser)).toHaveLength(1)
  expect(told).toHaveBeenCalledExactlyOnceWith({
    error: expect.objectContaining({ code: 'storage-failed' }) as unknown,
  })
  // The next one is written, and others read it.
  put.mockRestore()
  setClock(from, 2 * hour)
  await expect(getAccessToken()).resolves.toBe('access-canary-3')
  const next = browser.open('/')
  await expect(next.dance.session('github').getAccessToken()).resolves.toBe('access-canary-3')
})
