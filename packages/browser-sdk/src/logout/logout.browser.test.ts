import { discord } from '@spa-dance/providers/discord'
import { slack } from '@spa-dance/providers/slack'
import { expect, onTestFinished, test, vi } from 'vitest'
import { begin, exchange, openBrowser, textsOf, type Browser } from '../testing-internal/dancers.ts'
import { jsonReply } from '../testing-internal/fake-server.ts'

const revokeUrl = ({ database }: Browser): string => `${exchange}/${database}/github/revoke`

/** All that the origin keeps, as text. */
async function dump(browser: Browser): Promise<string> {
  const opened = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(browser.database)
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error))
  })
  const rows = await Promise.all(
    [...opened.objectStoreNames].map(
      (table) =>
        new Promise<unknown>((resolve) => {
          const all = opened.transaction(table).objectStore(table).getAllKeys()
          all.addEventListener('success', () => resolve([table, all.result]))
        }),
    ),
  )
  opened.close()
  return JSON.stringify([rows, textsOf(browser)])
}

test('B-36: a sign-out leaves nothing, also while the provider is down', async () => {
  const browser = openBrowser()
  const { dance } = await browser.signIn()
  await begin(browser.open('/other'))
  expect(await dump(browser)).toContain('session github')
  expect(Object.keys(textsOf(browser))).toHaveLength(1)
  const loggedOut = vi.fn()
  dance.on('loggedOut', loggedOut)
  await expect(dance.logout()).resolves.toEqual({
    sessions: [{ client: 'github', account: '7', revocation: 'failed', provider: 'skipped' }],
  })
  const left = await dump(browser)
  expect(JSON.parse(left)).toEqual([
    [
      ['flows', []],
      ['keys', ['cipher']],
      ['sessions', []],
    ],
    {},
  ])
  expect(loggedOut).toHaveBeenCalledExactlyOnceWith({ client: 'github', account: '7' })
  await expect(dance.logout()).resolves.toEqual({ sessions: [] })
})

test('B-36: the tokens are gone before anyone is asked to revoke them, and that has 3 s', async () => {
  const browser = openBrowser()
  const { dance } = await browser.signIn()
  browser.server.route(revokeUrl(browser), async ({ init }) => {
    expect(await dump(browser)).not.toContain('session github')
    return new Promise((_, reject) =>
      init.signal?.addEventListener('abort', () => reject(new TypeError('x'))),
    )
  })
  await expect(dance.logout('github')).resolves.toMatchObject({
    sessions: [{ revocation: 'failed' }],
  })
}, 10_000)

test('what would end more than this token is revoked only where it is asked for', async () => {
  const browser = openBrowser({ clients: { discord: { provider: discord(), clientId: 'd' } } })
  browser.server.route('https://discord.com/api/oauth2/token', () =>
    jsonReply({
      access_token: 'discord-canary',
      token_type: 'Bearer',
      expires_in: 60,
      refresh_token: 'r-canary',
    }),
  )
  browser.server.route('https://discord.com/api/v10/', () =>
    jsonReply({ id: '9', username: 'bob' }),
  )
  const signIn = async () => {
    const { request } = await begin(browser.open('/'), 'discord')
    expect(request.searchParams.has('dpop_jkt')).toBe(false)
    const { dance } = browser.open(
      `/callback/discord?state=${request.searchParams.get('state')}&code=c`,
    )
    await dance.ready
    return dance
  }
  const first = await signIn()
  await expect(first.logout('discord')).resolves.toMatchObject({
    sessions: [{ revocation: 'skipped' }],
  })
  expect(browser.server.to('https://discord.com/api/oauth2/token/revoke')).toEqual([])
  const second = await signIn()
  browser.server.route('https://discord.com/api/oauth2/token/revoke', () => new Response(''))
  await expect(second.logout('discord', { revoke: true })).resolves.toMatchObject({
    sessions: [{ revocation: 'done' }],
  })
  const sent = browser.server.to('https://discord.com/api/oauth2/token/revoke')[0]
  expect(Object.fromEntries(sent?.body ?? [])).toEqual({
    client_id: 'd',
    token: 'r-canary',
    token_type_hint: 'refresh_token',
  })
})

test.each([
  [{ ok: false, error: 'fatal_error' }, 'failed'],
  [{ ok: false, error: 'token_revoked' }, 'done'],
  [{ ok: true }, 'done'],
] as const)('a revocation that is answered by %o under status 200 is %s', async (answer, told) => {
  const provider = slack({ publicClient: true })
  const browser = openBrowser({ clients: { slack: { provider, clientId: 's' } } })
  const tokens = { access_token: 'slack-canary', token_type: 'user', id: 'U1' }
  browser.server.route('https://slack.com/api/', () => jsonReply({ ok: true, user_id: 'U1' }))
  browser.server.route('https://slack.com/api/oauth.v2.access', () =>
    jsonReply({ ok: true, authed_user: tokens }),
  )
  browser.server.route('https://slack.com/api/auth.revoke', () => jsonReply(answer))
  const { request } = await begin(browser.open('/'), 'slack')
  expect(request.searchParams.get('user_scope')).toBe('users:read')
  const state = request.searchParams.get('state')
  const { dance } = browser.open(`/callback/slack?state=${state}&code=c`)
  await dance.ready
  await expect(dance.logout('slack')).resolves.toMatchObject({ sessions: [{ revocation: told }] })
})

test('login and logout are seen in the other tabs, and B-47: nothing secret is said there', async () => {
  const browser = openBrowser()
  const channel = new BroadcastChannel('spa-dance')
  const heard: unknown[] = []
  channel.addEventListener('message', ({ data }) => heard.push(data))
  onTestFinished(() => channel.close())
  const other = browser.open('/other')
  await other.dance.ready
  const changed = vi.fn()
  other.dance.on('changed', changed)
  const { dance } = await browser.signIn()
  await expect.poll(() => other.dance.getState().sessions['github']?.profile?.name).toBe('ada')
  await expect(other.dance.session('github').json('/user')).resolves.toMatchObject({ id: 7 })
  await dance.logout('github')
  await expect.poll(() => other.dance.getState().sessions['github']?.status).toBe('signed-out')
  await expect(other.dance.session('github').get('/user')).rejects.toMatchObject({
    code: 'signed-out',
  })
  expect(changed).toHaveBeenCalledWith({ client: 'github' })
  expect(heard.length).toBeGreaterThan(1)
  expect(JSON.stringify(heard)).not.toContain('canary')
})

test('B-35: another person’s login comes to the front, and the first stays apart', async () => {
  const browser = openBrowser()
  await browser.signIn()
  browser.server.route('https://api.github.com/user', () => jsonReply({ id: 8, login: 'bob' }))
  const { dance } = await browser.signIn()
  expect(dance.getState().sessions['github']).toMatchObject({
    account: '8',
    profile: { name: 'bob' },
  })
  await dance.session('github').get('/user')
  expect(browser.server.seen.at(-1)?.headers.get('Authorization')).toBe('Bearer access-canary-2')
  await dance.session('github', '7').get('/user')
  expect(browser.server.seen.at(-1)?.headers.get('Authorization')).toBe('Bearer access-canary-1')
  await dance.logout('github', { account: '8', revoke: false })
  expect(dance.getState().sessions['github']).toMatchObject({ account: '7', status: 'signed-in' })
})

test('B-50: no token, code or verifier is in any log, error, URL, or storage that text can be read from', async () => {
  const logs = ['log', 'info', 'warn', 'error', 'debug'].map((name) =>
    vi.spyOn(console, name as 'log'),
  )
  onTestFinished(() => void vi.restoreAllMocks())
  const browser = openBrowser()
  const errors: unknown[] = []
  const { dance, page } = await browser.signIn()
  dance.on('error', ({ error }) => void errors.push(error.message, error.stack))
  browser.server.route('https://api.github.com/user', () => new Response('canary', { status: 500 }))
  await dance
    .session('github')
    .profile()
    .catch((error: Error) => errors.push(error.message, error.stack))
  expect(
    JSON.stringify([
      logs.map(({ mock }) => mock.calls),
      errors,
      page.href(),
      textsOf(browser),

      dance.getState(),
    ]),
  ).not.toContain('canary')
  expect(errors.length).toBeGreaterThan(0)
})
