import { expect, test, vi } from 'vitest'
import { answerTo, begin, openBrowser } from '../testing-internal/dancers.ts'
import { openOidc, signIn } from '../testing-internal/openid.ts'

const endpoint = 'https://op.test/end'

/** Signed in, and then signed out at the provider too. */
async function leave(returnTo = '/bye?x=1') {
  const browser = openOidc({ end_session_endpoint: endpoint })
  const { dance, page, own } = await signIn(browser)
  browser.server.route(`${own}/revoke`, () => new Response(''))
  // Read after the login, beside everything else.
  await expect.poll(() => dance.getState().sessions['op']?.profile?.name).toBe('Ada')
  const result = await dance.logout('op', { provider: true, returnTo })
  const url = new URL(page.left[0] ?? '')
  return { browser, dance, result, url, state: url.searchParams.get('state') ?? '' }
}

test('B-56: the sessions are gone here before the page leaves for the provider’s sign-out', async () => {
  const { dance, result, url, state } = await leave()
  expect(result).toEqual({
    sessions: [{ client: 'op', account: 'u', revocation: 'done', provider: 'asked' }],
  })
  expect(dance.getState().sessions['op']?.status).toBe('signed-out')
  expect(url.href).toMatch(`${endpoint}?`)
  expect(Object.fromEntries(url.searchParams)).toEqual({
    id_token_hint: expect.stringMatching(/^[\w-]+\.[\w-]+\.sig$/),
    client_id: 'me',
    post_logout_redirect_uri: `${location.origin}/callback/op`,
    state,
  })
  expect(state).toMatch(/^[\w-]{43}$/)
})

test('B-56: the person comes back to where they were sent to, once', async () => {
  const { browser, state } = await leave()
  const { page, dance } = browser.open(`/callback/op?state=${state}`)
  await expect(dance.ready).resolves.toEqual({ client: 'op', returnTo: '/bye?x=1' })
  expect(page.href()).toBe(`${location.origin}/bye?x=1`)
  const again = browser.open(`/callback/op?state=${state}`)
  await expect(again.dance.ready).resolves.toMatchObject({ error: { code: 'flow-unknown' } })
})

test.each([
  ['an unknown state', () => '?state=another', 'flow-unknown'],
  ['a code', (state: string) => `?state=${state}&code=c`, 'callback-invalid'],
  ['an error', (state: string) => `?state=${state}&error=access_denied`, 'callback-invalid'],
])('B-56: an answer with %s leads nowhere and asks nobody', async (_what, query, code) => {
  const { browser, state } = await leave('/bye')
  const before = browser.server.seen.length
  const { dance } = browser.open(`/callback/op${query(state)}`)
  await expect(dance.ready).resolves.toMatchObject({ error: { code } })
  expect(browser.server.seen).toHaveLength(before)
})

test('B-56: a sign-out returns to no other origin', async () => {
  const { browser, state } = await leave('https://evil.test/')
  const { dance } = browser.open(`/callback/op?state=${state}`)
  await expect(dance.ready).resolves.toEqual({ client: 'op', returnTo: '/' })
})

test('B-15: a login is not ended by the answer to a sign-out', async () => {
  const browser = openBrowser()
  const { request } = await begin(browser.open('/'))
  const { dance } = browser.open(answerTo(request, {}))
  await expect(dance.ready).resolves.toMatchObject({ error: { code: 'callback-invalid' } })
  expect(browser.server.seen).toEqual([])
})

test('where the provider has no sign-out of its own, the result says so', async () => {
  const browser = openOidc()
  const { dance, page, own } = await signIn(browser)
  browser.server.route(`${own}/revoke`, () => new Response(''))
  const changed = vi.fn()
  dance.on('loggedOut', changed)
  await expect(dance.logout('op', { provider: true })).resolves.toMatchObject({
    sessions: [{ revocation: 'done', provider: 'impossible' }],
  })
  expect(page.left).toEqual([])
  expect(changed).toHaveBeenCalledExactlyOnceWith({ client: 'op', account: 'u' })
})
