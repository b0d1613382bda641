import { expect, test, vi } from 'vitest'
import { memoryStorage } from './storage/memory.ts'
import { begin, exchange, openBrowser } from './testing-internal/dancers.ts'
import { jsonReply, readJwt } from './testing-internal/fake-server.ts'

test('a person signs in by the exchange, uses the API, reloads, and signs out', async () => {
  const browser = openBrowser()
  const first = browser.open('/start?tab=1#top')
  expect(first.dance.getState().sessions['github']?.status).toBe('signed-out')
  await expect(first.dance.ready).resolves.toBeNull()
  const { request, callback } = await begin(first)
  expect(first.dance.getState().sessions['github']?.status).toBe('signing-in')
  expect(request.href).toMatch(`${exchange}/${browser.database}/github/authorize?`)
  expect(Object.fromEntries(request.searchParams)).toMatchObject({
    response_type: 'code',
    client_id: 'spa',
    redirect_uri: `${location.origin}/callback/github`,
    code_challenge_method: 'S256',
    dpop_jkt: expect.stringMatching(/^[\w-]{43}$/),
  })

  const { page, dance } = browser.open(callback)
  expect(page.href()).toBe(`${location.origin}/callback/github`)
  await expect(dance.ready).resolves.toEqual({ client: 'github', returnTo: '/start?tab=1#top' })
  expect(page.href()).toBe(`${location.origin}/start?tab=1#top`)
  expect(dance.getState().sessions['github']).toMatchObject({
    status: 'signed-in',
    account: '7',
    profile: { id: '7', name: 'ada' },
    scopes: ['read:user'],
    refreshable: true,
  })
  const [token] = browser.server.to(`${exchange}/${browser.database}/github/token`)
  expect(Object.fromEntries(token?.body ?? [])).toMatchObject({
    grant_type: 'authorization_code',
    code: 'code-canary',
    client_id: 'spa',
    code_verifier: expect.stringMatching(/^.{43,128}$/),
  })
  expect(readJwt(token?.headers.get('DPoP') ?? '').claims).toMatchObject({
    htm: 'POST',
    htu: token?.url,
  })

  const reloaded = browser.open('/start')
  expect(reloaded.dance.getState()).toEqual(dance.getState())
  await reloaded.dance.ready
  await expect(reloaded.dance.session('github').json('/user')).resolves.toEqual({
    id: 7,
    login: 'ada',
  })
  const call = browser.server.seen.at(-1)
  expect(call?.url).toBe('https://api.github.com/user')
  expect(call?.headers.get('Authorization')).toBe('Bearer access-canary-1')

  browser.server.route(`${exchange}/${browser.database}/github/revoke`, () => new Response('{}'))
  await expect(reloaded.dance.logout('github')).resolves.toEqual({
    sessions: [{ client: 'github', account: '7', revocation: 'done', provider: 'skipped' }],
  })
  expect(browser.server.seen.at(-1)?.body.get('token')).toBe('access-canary-1')
  expect(reloaded.dance.getState().sessions['github']?.status).toBe('signed-out')
  await expect(reloaded.dance.session('github').fetch('/user')).rejects.toMatchObject({
    code: 'signed-out',
  })
})

test('with memory storage a person signs in for as long as the page lives', async () => {
  const browser = openBrowser({ storage: memoryStorage() })
  const { request, callback } = await begin(browser.open('/start'))
  expect(request.searchParams.has('dpop_jkt')).toBe(false)
  const { dance } = browser.open(callback)
  await dance.ready
  expect(dance.getState().sessions['github']?.status).toBe('signed-in')
  await expect(dance.session('github').json('/user')).resolves.toEqual({ id: 7, login: 'ada' })
  expect(
    indexedDB.databases ? (await indexedDB.databases()).map(({ name }) => name) : [],
  ).not.toContain('spa-dance')

  const other = browser.open('/start', { storage: memoryStorage() })
  await other.dance.ready
  expect(other.dance.getState().sessions['github']?.status).toBe('signed-out')
})

test('who signed in is learnt by the next page, if the page of the login could not', async () => {
  const browser = openBrowser()
  browser.server.route('https://api.github.com/user', () => new Response('', { status: 503 }))
  const { dance } = await browser.signIn()
  expect(dance.getState().sessions['github']).toMatchObject({ status: 'signed-in', account: '' })
  browser.server.route('https://api.github.com/user', () => jsonReply({ id: 7, login: 'ada' }))

  const next = browser.open('/start').dance
  await vi.waitFor(() =>
    expect(next.getState().sessions['github']).toMatchObject({
      account: '7',
      profile: { id: '7', name: 'ada' },
    }),
  )
  expect(browser.server.to(`${exchange}/${browser.database}/github/token`)).toHaveLength(1)
})
