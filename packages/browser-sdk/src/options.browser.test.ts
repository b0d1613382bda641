import { google } from '@spa-dance/providers/google'
import { expect, test, vi } from 'vitest'
import { begin, openBrowser } from './testing-internal/dancers.ts'
import { jsonReply } from './testing-internal/fake-server.ts'

const { authorization, ...rest } = google()
const provider = { ...rest, authorization: { ...authorization, accepts: ['hd'] } }

test('what a login and a listener say of a person reaches the server, and nothing guarded does', async () => {
  const browser = openBrowser({ clients: { google: { provider } } })
  const { page, dance } = browser.open('/start')
  dance.on('beforeLogin', ({ options }) => {
    options.loginHint = 'ada@example.com'
    options.params = { ...options.params, hd: 'example.com' }
  })
  dance
    .login('google', {
      prompt: 'select_account',
      scopes: ['openid', 'email'],
      params: { state: 'mine', redirect_uri: 'https://evil.example/', code_challenge: 'x' },
    })
    .catch(() => undefined)
  await vi.waitUntil(() => page.left.length > 0, { timeout: 10_000 })
  const sent = new URL(page.left[0] ?? '').searchParams
  expect(Object.fromEntries(sent)).toMatchObject({
    prompt: 'select_account',
    scope: 'openid email',
    login_hint: 'ada@example.com',
    hd: 'example.com',
    redirect_uri: `${location.origin}/callback/google`,
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    state: expect.stringMatching(/^[\w-]{43}$/),
  })
})

test('a router gets the place where the login began, instead of the address bar', async () => {
  const navigate = vi.fn<(returnTo: string) => void>()
  const browser = openBrowser({ navigate })
  const first = browser.open('/start')
  const { callback } = await begin(first)
  const { page, dance } = browser.open(callback)
  await dance.ready
  expect(navigate.mock.calls).toEqual([['/start']])
  expect(page.href()).toBe(`${location.origin}/callback/github`)
})

test('each verb is sent as it is called, with its body', async () => {
  const browser = openBrowser()
  const { dance } = await browser.signIn()
  browser.server.route('https://api.github.com/', () => jsonReply({}))
  const { get, post, put, patch, delete: remove } = dance.session('github')
  const sent = []
  for (const act of [get, remove, post, put, patch]) {
    await act('/thing', '{"a":1}' as never)
    const { method, init } = browser.server.seen.at(-1) ?? {}
    sent.push([method, init?.body])
  }
  expect(sent.map(([method]) => method)).toEqual(['GET', 'DELETE', 'POST', 'PUT', 'PATCH'])
  expect(sent.slice(2).map(([, body]) => body)).toEqual(Array(3).fill('{"a":1}'))
})
