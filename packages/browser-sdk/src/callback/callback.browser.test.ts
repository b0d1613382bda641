import { github } from '@spa-dance/providers/github'
import { discord } from '@spa-dance/providers/discord'
import { expect, onTestFinished, test, vi } from 'vitest'
import { danceIn } from '../dance.ts'
import {
  answerTo,
  begin,
  exchange,
  openBrowser,
  textsOf,
  type Browser,
} from '../testing-internal/dancers.ts'
import { fakePage } from '../testing-internal/fake-page.ts'
import { jsonReply } from '../testing-internal/fake-server.ts'

const tokenRequests = ({ server }: Browser): number =>
  server.seen.filter(({ method }) => method === 'POST').length

const two = {
  github: { provider: github() },
  discord: { provider: discord(), clientId: `callback-${Date.now()}` },
}

test('B-4: an answer to another client’s login is refused before any token request', async () => {
  const browser = openBrowser({ clients: two })
  const { request } = await begin(browser.open('/'), 'discord')
  const state = request.searchParams.get('state')
  const iss = `${exchange}/${browser.database}/github`
  const query = new URLSearchParams({ state: String(state), iss, code: 'c' })
  const { dance } = browser.open(`/callback/github?${query}`)
  await expect(dance.ready).resolves.toMatchObject({ error: { code: 'context-mismatch' } })
  expect(tokenRequests(browser)).toBe(0)
  const again = browser.open(`/callback/discord?state=${state}&code=c`)
  await expect(again.dance.ready).resolves.toMatchObject({ error: { code: 'flow-unknown' } })
  expect(tokenRequests(browser)).toBe(0)
})

test('B-4: an answer for another registration of the same name is refused', async () => {
  const browser = openBrowser()
  const { callback } = await begin(browser.open('/'))
  const { dance } = browser.open(callback, { exchange: 'https://evil.test' })
  await expect(dance.ready).resolves.toMatchObject({ error: { code: 'context-mismatch' } })
  expect(tokenRequests(browser)).toBe(0)
})

test.each<[string, (iss: string) => string[], string]>([
  ['another', () => ['https://evil.test'], 'issuer-mismatch'],
  ['with a slash', (iss) => [`${iss}/`], 'issuer-mismatch'],
  ['in capitals', (iss) => [iss.replace('exchange', 'EXCHANGE')], 'issuer-mismatch'],
  ['missing', () => [], 'issuer-mismatch'],
  ['given twice', (iss) => [iss, iss], 'callback-invalid'],
])('B-5: an issuer that is %s is refused', async (_what, change, code) => {
  const browser = openBrowser()
  const { callback } = await begin(browser.open('/'))
  const url = new URL(callback)
  const values = change(String(url.searchParams.get('iss')))
  url.searchParams.delete('iss')
  for (const value of values) url.searchParams.append('iss', value)
  const { dance } = browser.open(url.href)
  await expect(dance.ready).resolves.toMatchObject({ error: { code } })
  expect(tokenRequests(browser)).toBe(0)
})

test('B-6: a forged answer is refused: no token request, nothing stored, a clean URL', async () => {
  const browser = openBrowser()
  const { dance, page } = browser.open('/callback/github?code=c&state=attacker&iss=x')
  expect(page.href()).toBe(`${location.origin}/callback/github`)
  await expect(dance.ready).resolves.toMatchObject({
    client: 'github',
    returnTo: '/',
    error: { code: 'flow-unknown' },
  })
  expect(browser.server.seen).toEqual([])
  expect(textsOf(browser)).toEqual({})
  expect(dance.getState().sessions['github']).toMatchObject({
    status: 'signed-out',
    error: { code: 'flow-unknown' },
  })
})

test('B-8: logins begun in two tabs end in either order, each with its own', async () => {
  const browser = openBrowser({ clients: two })
  browser.server.route('https://discord.com/api/oauth2/token', () =>
    jsonReply({
      access_token: 'discord-canary',
      token_type: 'Bearer',
      expires_in: 60,
      scope: 'identify',
    }),
  )
  browser.server.route('https://discord.com/api/v10/', () =>
    jsonReply({ id: '9', username: 'bob' }),
  )
  const a = await begin(browser.open('/a'), 'github')
  const b = await begin(browser.open('/b'), 'discord')
  const c = await begin(browser.open('/c'), 'github')
  await expect(browser.open(c.callback).dance.ready).resolves.toEqual({
    client: 'github',
    returnTo: '/c',
  })
  const code = new URLSearchParams({
    state: String(b.request.searchParams.get('state')),
    code: 'x',
  })
  const second = browser.open(`/callback/discord?${code}`)
  await expect(second.dance.ready).resolves.toEqual({ client: 'discord', returnTo: '/b' })
  const last = browser.open(a.callback)
  await expect(last.dance.ready).resolves.toEqual({ client: 'github', returnTo: '/a' })
  expect(last.dance.getState().sessions).toMatchObject({
    github: { account: '7' },
    discord: { account: '9' },
  })
})

test('B-9: a login of yesterday is refused', async () => {
  const browser = openBrowser()
  const { callback } = await begin(browser.open('/'))
  vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 600_001)
  const { dance } = browser.open(callback)
  await expect(dance.ready).resolves.toMatchObject({ error: { code: 'flow-expired' } })
  vi.restoreAllMocks()
  expect(tokenRequests(browser)).toBe(0)
})

test('B-13: one answer, handled twice at once and again later, is one token request', async () => {
  const browser = openBrowser()
  const { callback } = await begin(browser.open('/start'))
  const [one, other] = [browser.open(callback), browser.open(callback)]
  const results = await Promise.all([one.dance.ready, other.dance.ready])
  expect(results.filter((result) => result && !result.error).length).toBeGreaterThan(0)
  expect(tokenRequests(browser)).toBe(1)
  const reloaded = browser.open(callback)
  await expect(reloaded.dance.ready).resolves.toEqual({ client: 'github', returnTo: '/' })
  expect(tokenRequests(browser)).toBe(1)
  expect(reloaded.dance.getState().sessions['github']).toMatchObject({ status: 'signed-in' })
  expect(reloaded.dance.getState().sessions['github']?.error).toBeUndefined()
})

test('B-13: a dance that is made again while a login ends, as by StrictMode, waits for it', async () => {
  const browser = openBrowser()
  const { callback } = await begin(browser.open('/start'))
  const first = browser.open(callback)
  first.dance.destroy()
  const second = danceIn(first.page, browser.options)
  await expect(second.ready).resolves.toEqual({ client: 'github', returnTo: '/start' })
  expect(second.getState().sessions['github']?.status).toBe('signed-in')
  second.destroy()
  expect(tokenRequests(browser)).toBe(1)
})

test('B-14: a code is sent once, also where the answer is lost', async () => {
  const browser = openBrowser()
  const { callback } = await begin(browser.open('/start'))
  browser.server.route(`${exchange}/${browser.database}/github/token`, () =>
    Promise.reject(new TypeError('x')),
  )
  const { dance } = browser.open(callback)
  await expect(dance.ready).resolves.toMatchObject({
    returnTo: '/start',
    error: { code: 'network-failed', retryable: true },
  })
  expect(tokenRequests(browser)).toBe(1)
})

test('B-19: a person who declines comes back to where they were, and may try again', async () => {
  const browser = openBrowser()
  const { request } = await begin(browser.open('/start?x'))
  const { dance, page } = browser.open(
    answerTo(request, { error: 'access_denied', error_description: '<b>no</b>' }),
  )
  const result = await dance.ready
  expect(result).toMatchObject({
    returnTo: '/start?x',
    error: { code: 'access-denied', retryable: true },
  })
  expect(result?.error?.message).toContain('<b>no</b>')
  expect(page.href()).toBe(`${location.origin}/start?x`)
  expect(tokenRequests(browser)).toBe(0)
  await expect(browser.open(answerTo(request, { code: 'c' })).dance.ready).resolves.toMatchObject({
    error: { code: 'flow-unknown' },
  })
})

test('B-21, B-55: in a frame no login begins, and none ends', async () => {
  const browser = openBrowser()
  const { callback } = await begin(browser.open('/'))
  const ending = danceIn(fakePage(callback, { framed: true }), browser.options)
  await expect(ending.ready).resolves.toMatchObject({ error: { code: 'unsupported-environment' } })
  const page = fakePage('/', { framed: true })
  const beginning = danceIn(page, browser.options)
  await expect(beginning.login('github')).rejects.toMatchObject({ code: 'unsupported-environment' })
  expect(page.left).toEqual([])
  expect(tokenRequests(browser)).toBe(0)
  ending.destroy()
  beginning.destroy()
})

test('B-1: without WebCrypto no login begins', async () => {
  const browser = openBrowser()
  const subtle = vi.spyOn(Crypto.prototype, 'subtle', 'get').mockReturnValue(undefined as never)
  onTestFinished(() => subtle.mockRestore())
  await expect(browser.open('/').dance.login('github')).rejects.toMatchObject({
    code: 'unsupported-environment',
  })
})

test('B-1, B-2: each request has its own state, verifier and S256 challenge of 256 bits or more', async () => {
  const browser = openBrowser()
  const a = await begin(browser.open('/'))
  const b = await begin(browser.open('/'))
  for (const name of ['state', 'code_challenge', 'dpop_jkt']) {
    const [one, other] = [a.request.searchParams.get(name), b.request.searchParams.get(name)]
    expect(one).toMatch(/^[\w-]{43}$/)
    expect(one).not.toBe(other)
  }
  await browser.open(a.callback).dance.ready
  const verifier = browser.server.seen[0]?.body.get('code_verifier') ?? ''
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))
  const text = btoa(String.fromCharCode(...new Uint8Array(hash)))
  expect(text.replaceAll('+', '-').replaceAll('/', '_').replace('=', '')).toBe(
    a.request.searchParams.get('code_challenge'),
  )
})

test.each<[string, () => Response]>([
  ['a page', () => new Response('<html>')],
  ['nothing', () => new Response('')],
  ['{}', () => new Response('{}')],
  ['null', () => new Response('null')],
  ['[]', () => new Response('[]')],
  ['a number as token', () => jsonReply({ access_token: 1 })],
  ['an empty token', () => jsonReply({ access_token: '' })],
  ['a mac token', () => jsonReply({ access_token: 'a', token_type: 'mac' })],
  ['a negative life', () => jsonReply({ access_token: 'a', expires_in: -1 })],
  ['a life that is no number', () => jsonReply({ access_token: 'a', expires_in: 'soon' })],
  ['an error with status 200', () => jsonReply({ access_token: 'a', error: 'no' })],
  ['status 204', () => new Response(null, { status: 204 })],
  ['status 302', () => new Response(null, { status: 302 })],
  ['two megabytes', () => jsonReply({ access_token: 'a'.repeat(2_000_000) })],
  ['inherited members', () => new Response('{"__proto__":{"access_token":"a"}}')],
])('B-28: %s is no token reply', async (_what, reply) => {
  const browser = openBrowser()
  const { callback } = await begin(browser.open('/'))
  browser.server.route(`${exchange}/${browser.database}/github/token`, reply)
  const { dance } = browser.open(callback)
  const result = await dance.ready
  expect(result?.error?.name).toBe('DanceError')
  expect(dance.getState().sessions['github']?.status).toBe('signed-out')
})

test('B-44: members that are not asked for are not taken', async () => {
  const browser = openBrowser()
  const { callback } = await begin(browser.open('/'))
  const text =
    '{"access_token":"a","__proto__":{"x":1},"constructor":{"x":1},"profile":{"id":"evil"},"state":"x"}'
  browser.server.route(`${exchange}/${browser.database}/github/token`, () => new Response(text))
  const { dance } = browser.open(callback)
  await dance.ready
  expect(dance.getState().sessions['github']).toMatchObject({ account: '7', profile: { id: '7' } })
  expect(({} as Record<string, unknown>)['x']).toBeUndefined()
})

test('B-51, B-52: token requests follow no redirect, use no cache, send no cookie, and end in time', async () => {
  const browser = openBrowser()
  await browser.signIn()
  expect(browser.server.seen[0]?.init).toMatchObject({
    redirect: 'error',
    cache: 'no-store',
    credentials: 'omit',
    signal: expect.any(AbortSignal),
  })
})

test('a page shown again by the back button ends its login, and the status goes back', async () => {
  const browser = openBrowser()
  const { page, dance } = browser.open('/')
  const login = dance.login('github')
  await vi.waitUntil(() => page.left.length > 0, { timeout: 10_000 })
  const lost = expect(login).rejects.toMatchObject({ code: 'login-cancelled' })
  page.showAgain()
  await lost
  expect(dance.getState().sessions['github']?.status).toBe('signed-out')
})

test('an app may add to a login, stop it, or refuse its session', async () => {
  const browser = openBrowser()
  const first = browser.open('/')
  first.dance.on('beforeLogin', () => {
    throw new Error('not today')
  })
  await expect(first.dance.login('github')).rejects.toMatchObject({ code: 'login-cancelled' })
  expect(first.page.left).toEqual([])

  const { callback } = await begin(browser.open('/'))
  const second = browser.open(callback)
  second.dance.on('authorized', ({ scopes }) => {
    if (!scopes.includes('admin')) throw new Error('not you')
  })
  await expect(second.dance.ready).resolves.toMatchObject({ error: { code: 'login-cancelled' } })
  expect(second.dance.getState().sessions['github']?.status).toBe('signed-out')
})

test('where the exchange is another, or none, the error names the option to look at', async () => {
  const browser = openBrowser()
  browser.server.route(`${exchange}/${browser.database}/github/token`, () => new Response('<html>'))
  const { callback } = await begin(browser.open('/'))
  const none = await browser.open(callback).dance.ready
  expect(none?.error?.code).toBe('reply-unreadable')
  expect(none?.error?.message).toContain('"exchange" of createDance')
  const url = new URL((await begin(browser.open('/'))).callback)
  url.searchParams.set('iss', `${url.searchParams.get('iss')}/`)
  const other = await browser.open(url.href).dance.ready
  expect(other?.error?.code).toBe('issuer-mismatch')
  expect(other?.error?.message).toContain('DANCE_BASE_URL')
})
