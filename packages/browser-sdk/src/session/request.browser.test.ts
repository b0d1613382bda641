import { github } from '@spa-dance/providers/github'
import { expect, test } from 'vitest'
import { exchange, exchangeReply, openBrowser } from '../testing-internal/dancers.ts'
import { jsonReply, readJwt } from '../testing-internal/fake-server.ts'
import { openRelayed } from '../testing-internal/relayed.ts'

test.each([
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  'http://api.github.com/user',
  '../x',
])('B-27: %s is sent nothing', async (url) => {
  const browser = openBrowser()
  const { dance } = await browser.signIn()
  // It is asked for in the background.
  await expect.poll(() => dance.getState().sessions['github']?.profile).toBeDefined()
  const before = browser.server.seen.length
  await expect(dance.session('github').fetch(url)).rejects.toMatchObject({
    code: 'url-not-allowed',
  })
  await expect(dance.session('github').json(url)).rejects.toMatchObject({ code: 'url-not-allowed' })
  expect(browser.server.seen).toHaveLength(before)
})

test('the API gets what the caller says, with the declared headers and the token', async () => {
  const provider = github()
  const api = { ...provider.api, headers: { Accept: 'application/vnd.github+json' } }
  const browser = openBrowser({ clients: { github: { provider: { ...provider, api } } } })
  const { dance } = await browser.signIn()
  browser.server.route('https://api.github.com/', () => jsonReply({ ok: 1 }))
  const session = dance.session('github')
  await session.post('/repos', '{"a":1}', {
    headers: { 'Content-Type': 'application/json', Authorization: 'Bearer other' },
  })
  const call = browser.server.seen.at(-1)
  expect(call).toMatchObject({ url: 'https://api.github.com/repos', method: 'POST' })
  expect(Object.fromEntries(call?.headers ?? [])).toEqual({
    accept: 'application/vnd.github+json',
    authorization: 'Bearer access-canary-1',
    'content-type': 'application/json',
  })
  expect(call?.init).toMatchObject({ credentials: 'omit', body: '{"a":1}' })
  await session.fetch(new Request('https://api.github.com/a?b', { method: 'PUT', body: 'x' }))
  expect(browser.server.seen.at(-1)).toMatchObject({
    url: 'https://api.github.com/a?b',
    method: 'PUT',
  })
  await session.fetch(new Request('https://api.github.com/a'))
  // With a body, `fetch` would refuse a GET.
  expect(browser.server.seen.at(-1)?.init.body).toBeUndefined()
  await session.delete('/a')
  expect(browser.server.seen.at(-1)?.method).toBe('DELETE')
  expect(dance.session('github')).toBe(session)
})

test('json gives the body, or says which status came instead', async () => {
  const browser = openBrowser()
  const { dance } = await browser.signIn()
  browser.server.route(
    'https://api.github.com/missing',
    () => new Response('secret', { status: 404 }),
  )
  browser.server.route('https://api.github.com/empty', () => new Response(null, { status: 204 }))
  browser.server.route('https://api.github.com/html', () => new Response('<html>'))
  const { json, get } = dance.session('github')
  const missing = json('/missing')
  await expect(missing).rejects.toMatchObject({ code: 'api-status', status: 404, retryable: false })
  await expect(missing).rejects.not.toThrow('secret')
  await expect(json('/empty')).resolves.toBeUndefined()
  await expect(json('/html')).rejects.toMatchObject({ code: 'reply-unreadable' })
  await expect(get('/missing')).resolves.toMatchObject({ status: 404 })
  await expect(get('//x')).rejects.toMatchObject({ code: 'url-not-allowed' })
})

test('B-34: on a 401 the token is refreshed and the request sent once more', async () => {
  const browser = openBrowser()
  const { dance } = await browser.signIn()
  browser.server.route(
    'https://api.github.com/x',
    ({ headers }) =>
      new Response('{}', {
        status: headers.get('Authorization') === 'Bearer access-canary-2' ? 200 : 401,
      }),
  )
  await expect(dance.session('github').post('/x', 'body')).resolves.toMatchObject({ status: 200 })
  const calls = browser.server.to('https://api.github.com/x')
  expect(calls.map(({ init }) => init.body)).toEqual(['body', 'body'])
  expect(browser.server.to(`${exchange}/${browser.database}/github/token`)).toHaveLength(2)
})

test('B-34: a body that is a stream is not sent twice, and a second 401 is final', async () => {
  const browser = openBrowser()
  const { dance } = await browser.signIn()
  browser.server.route('https://api.github.com/x', () => new Response('{}', { status: 401 }))
  const body = new ReadableStream()
  await expect(dance.session('github').post('/x', body)).resolves.toMatchObject({ status: 401 })
  expect(browser.server.to('https://api.github.com/x')).toHaveLength(1)
  await expect(dance.session('github').get('/x')).resolves.toMatchObject({ status: 401 })
  expect(browser.server.to('https://api.github.com/x')).toHaveLength(3)
  expect(dance.getState().sessions['github']?.status).toBe('signed-in')
})

test('B-49: who stops waiting does not stop the refresh that others wait for', async () => {
  const browser = openBrowser()
  const { dance } = await browser.signIn()
  let release = (): void => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  browser.server.route(
    'https://api.github.com/x',
    ({ headers }) =>
      new Response('{}', { status: headers.get('Authorization') === 'Bearer fresh' ? 200 : 401 }),
  )
  browser.server.route(`${exchange}/${browser.database}/github/token`, async () => {
    await held
    return jsonReply({ ...exchangeReply(2), access_token: 'fresh' })
  })
  const stop = new AbortController()
  const { get } = dance.session('github')
  const stopped = get('/x', { signal: stop.signal })
  const waiting = [get('/x'), get('/x'), get('/x')]
  await expect
    .poll(() => browser.server.to(`${exchange}/${browser.database}/github/token`).length)
    .toBe(2)
  stop.abort(new Error('enough'))
  await expect(stopped).rejects.toThrow('enough')
  release()
  for (const response of await Promise.all(waiting)) expect(response.status).toBe(200)
  expect(browser.server.to(`${exchange}/${browser.database}/github/token`)).toHaveLength(2)
})

test('a sealed token goes to the relay alone, each time with a proof of its key', async () => {
  const browser = openRelayed()
  const { dance } = await browser.signIn('twitter')
  expect(dance.getState().sessions['twitter']).toMatchObject({ status: 'signed-in', account: '42' })
  const { json, getAccessToken } = dance.session('twitter')
  await json('/users/me?a=1')
  const call = browser.server.seen.at(-1)
  expect(call?.url).toBe(`${browser.issuer}/api/users/me?a=1`)
  expect(call?.headers.get('Authorization')).toBe('DPoP sealed-canary-1')
  const { header, claims } = readJwt(call?.headers.get('DPoP') ?? '')
  expect(header).toMatchObject({ typ: 'dpop+jwt', alg: 'ES256', jwk: { kty: 'EC', crv: 'P-256' } })
  expect(header['jwk']).not.toHaveProperty('d')
  const ath = await crypto.subtle.digest('SHA-256', new TextEncoder().encode('sealed-canary-1'))
  expect(claims).toMatchObject({
    htm: 'GET',
    htu: `${browser.issuer}/api/users/me`,
    ath: btoa(String.fromCharCode(...new Uint8Array(ath)))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replace('=', ''),
    nonce: 'nonce-1',
  })
  await json('https://api.x.com/1.1/account.json')
  expect(browser.server.seen.at(-1)?.url).toBe(`${browser.issuer}/api-1/account.json`)
  await expect(getAccessToken()).rejects.toMatchObject({ code: 'token-not-available' })
  expect(browser.server.to('https://api.x.com')).toEqual([])
})

test('a body has the declared type on its way to the relay, unless the caller names one', async () => {
  const headers = { 'Content-Type': 'application/json', 'X-Own': 'the relay adds it' }
  const browser = openRelayed({ headers })
  const { dance } = await browser.signIn('twitter')
  const { post } = dance.session('twitter')
  await post('/tweets', '{}')
  const { headers: sent } = browser.server.seen.at(-1) ?? {}
  expect([sent?.get('Content-Type'), sent?.get('X-Own')]).toEqual(['application/json', null])
  await post('/tweets', 'a=b', { headers: { 'content-type': 'text/csv' } })
  expect(browser.server.seen.at(-1)?.headers.get('Content-Type')).toBe('text/csv')
})

test('a new nonce is taken up with one more request, and is no reason to refresh', async () => {
  const browser = openRelayed()
  const { dance } = await browser.signIn('twitter')
  browser.newNonce()
  const before = browser.server.seen.length
  await dance.session('twitter').json('/users/me')
  expect(browser.server.seen).toHaveLength(before + 2)
  await dance.session('twitter').json('/users/me')
  expect(browser.server.seen).toHaveLength(before + 3)
})

test.each([{}, { 'Dance-Upstream': '1' }])(
  'a 401 of the relay or its provider is one refresh (%o)',
  async (headers) => {
    const browser = openRelayed()
    const { dance } = await browser.signIn('twitter')
    browser.answer = (seen) =>
      seen.headers.get('Authorization') === 'DPoP sealed-canary-2'
        ? jsonReply({ ok: 1 })
        : new Response('{}', {
            status: 401,
            headers: { 'WWW-Authenticate': 'DPoP error="invalid_token"', ...headers },
          })
    await expect(dance.session('twitter').json('/users/me')).resolves.toEqual({ ok: 1 })
    expect(browser.server.to(`${browser.issuer}/token`)).toHaveLength(2)
  },
)

test('a token is given only where it is enough', async () => {
  const browser = openBrowser()
  const { dance } = await browser.signIn()
  const { getAccessToken } = dance.session('github')
  await expect(getAccessToken()).resolves.toBe('access-canary-1')
  await expect(getAccessToken({ scopes: ['read:user'], minValidity: 600 })).resolves.toBe(
    'access-canary-1',
  )
  await expect(getAccessToken({ scopes: ['admin'] })).rejects.toMatchObject({
    code: 'interaction-required',
  })
  await expect(getAccessToken({ minValidity: 7200 })).rejects.toMatchObject({
    code: 'interaction-required',
  })
})

test('B-27: tokens of one registration are not those of another of the same name', async () => {
  const browser = openBrowser()
  await browser.signIn()
  const { dance } = browser.open('/', { exchange: 'https://other.test' })
  await dance.ready
  expect(dance.getState().sessions['github']?.status).toBe('signed-out')
  const app = browser.open('/', {
    exchange: { url: `${exchange}/${browser.database}`, app: 'other' },
    clients: { github: { provider: github() } },
  })
  await expect(app.dance.session('github').get('/user')).rejects.toMatchObject({
    code: 'signed-out',
  })
})
