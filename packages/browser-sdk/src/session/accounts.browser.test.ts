import { github } from '@spa-dance/providers/github'
import { expect, test, vi } from 'vitest'
import {
  answerTo,
  begin,
  exchange,
  exchangeReply,
  openBrowser,
  type Browser,
} from '../testing-internal/dancers.ts'
import { jsonReply } from '../testing-internal/fake-server.ts'
import type { Dance, LoginOptions } from '../types.ts'

const accountsOf = (dance: Dance): unknown[] =>
  dance
    .session('github')
    .accounts()
    .map(({ account }) => account)

const route = (browser: Browser, path: string, answer: () => Response): void =>
  browser.server.route(`${exchange}/${browser.database}/github/${path}`, answer)

/** Ada (7) and then Bob (8). */
async function twoPeople(): Promise<{ browser: Browser; dance: Dance }> {
  const browser = openBrowser()
  await browser.signIn()
  browser.server.route('https://api.github.com/user', () => jsonReply({ id: 8, login: 'bob' }))
  const { dance } = await browser.signIn()
  return { browser, dance }
}

test('the latest login is the active account, and another can be made it', async () => {
  const { browser, dance } = await twoPeople()
  const other = browser.open('/other')
  await other.dance.ready
  expect(dance.getState().sessions['github']).toMatchObject({
    account: '8',
    accounts: [
      { account: '8', profile: { name: 'bob' } },
      { account: '7', profile: { name: 'ada' } },
    ],
  })
  await dance.session('github', '7').activate()
  expect(dance.getState().sessions['github']).toMatchObject({ account: '7' })
  expect(accountsOf(dance)).toEqual(['7', '8'])
  await dance.session('github').get('/user')
  expect(browser.server.seen.at(-1)?.headers.get('Authorization')).toBe('Bearer access-canary-1')

  await expect.poll(() => accountsOf(other.dance)).toEqual(['7', '8'])
  const reloaded = browser.open('/')
  expect(reloaded.dance.getState().sessions['github']?.account).toBe('7')
  await reloaded.dance.ready
  expect(accountsOf(reloaded.dance)).toEqual(['7', '8'])
})

test('nobody becomes active who is not signed in', async () => {
  const { dance } = await twoPeople()
  await expect(dance.session('github', '9').activate()).rejects.toMatchObject({
    code: 'signed-out',
  })
  expect(accountsOf(dance)).toEqual(['8', '7'])
})

test('a session says what its account may do, and until when', async () => {
  const { dance } = await twoPeople()
  const session = dance.session('github', '7')
  expect(session.scopes).toEqual(['read:user'])
  expect(session.expiresAt).toBeGreaterThan(Date.now() + 3_500_000)
  await dance.logout('github', { account: '7', revoke: false })
  expect([session.scopes, session.expiresAt, accountsOf(dance)]).toEqual([[], undefined, ['8']])
  await dance.logout('github', { revoke: false })
  expect(accountsOf(dance)).toEqual([])
})

/** Signs in once more, by a login with these options; the exchange then grants these scopes. */
async function again(browser: Browser, options: LoginOptions, granted: string) {
  const { page, dance } = browser.open('/')
  await dance.ready
  dance.login('github', options).catch(() => undefined)
  await vi.waitUntil(() => page.left.length > 0, { timeout: 10_000 })
  const request = new URL(page.left[0] ?? '')
  route(browser, 'token', () => jsonReply({ ...exchangeReply(9), scope: granted }))
  const back = browser.open(answerTo(request, { code: 'c' }))
  await back.dance.ready
  return { asked: request.searchParams.get('scope'), hint: request.searchParams, dance: back.dance }
}

test('a login with more scopes asks for those that were had, too', async () => {
  const browser = openBrowser()
  await browser.signIn()
  const { asked, dance } = await again(browser, { scopes: ['repo'] }, 'read:user repo')
  expect(asked).toBe('read:user repo')
  expect(dance.session('github').scopes).toEqual(['read:user', 'repo'])
  expect(accountsOf(dance)).toEqual(['7'])
})

test('what was had stays where the provider answers with the new scopes alone', async () => {
  const browser = openBrowser()
  await browser.signIn()
  const { dance } = await again(browser, { scopes: ['repo'] }, 'repo')
  expect(dance.session('github').scopes).toEqual(['read:user', 'repo'])
  await expect(
    dance.session('github').getAccessToken({ scopes: ['read:user', 'repo'] }),
  ).resolves.toBe('access-canary-9')
})

test('scopes that the provider calls otherwise are asked for under their own names', async () => {
  const browser = openBrowser({ clients: { github: { provider: github(), scopes: ['mail'] } } })
  await begin(browser.open('/'))
  await again(browser, {}, 'https://api.test/mail')
  const { asked, dance } = await again(
    browser,
    { scopes: ['files'] },
    'https://api.test/mail files',
  )
  expect(asked).toBe('mail files')
  expect(dance.session('github').scopes).toEqual(['https://api.test/mail', 'files'])
})

test('a login for an account names whom it is for', async () => {
  const browser = openBrowser()
  browser.server.route('https://api.github.com/user', () =>
    jsonReply({ id: 7, login: 'ada', email: 'ada@example.com' }),
  )
  await browser.signIn()
  const { hint } = await again(browser, { account: '7' }, 'read:user')
  expect(hint.get('login_hint')).toBe('ada@example.com')
  const { hint: own } = await again(browser, { account: '7', loginHint: 'ada' }, 'read:user')
  expect(own.get('login_hint')).toBe('ada')
})

test('two users of the app in one browser profile do not share sessions', async () => {
  const browser = openBrowser({ namespace: 'user/1' })
  const { dance, callback } = await browser.signIn()
  expect(accountsOf(dance)).toEqual(['7'])
  const two = { namespace: 'user' }
  const heard = vi.fn()
  const second = browser.open('/', two)
  second.dance.on('changed', heard)
  await second.dance.ready
  expect(accountsOf(second.dance)).toEqual([])
  expect(accountsOf(browser.open('/', { namespace: '' }).dance)).toEqual([])

  await begin(second)
  await dance.logout('github', { revoke: false })
  expect(heard).not.toHaveBeenCalled()
  const foreign = browser.open(callback, two)
  await expect(foreign.dance.ready).resolves.toMatchObject({ error: { code: 'flow-unknown' } })
})

test('a login that one user of the app began does not sign in the next', async () => {
  const browser = openBrowser({ namespace: 'one' })
  const { callback } = await begin(browser.open('/'))
  const { dance } = browser.open(callback, { namespace: 'two' })
  await expect(dance.ready).resolves.toMatchObject({ error: { code: 'context-mismatch' } })
  expect(browser.server.seen).toEqual([])
})

test('who grants none of what was asked for has granted nothing, as the exchange says', async () => {
  const browser = openBrowser()
  await browser.signIn()
  const { dance } = await again(browser, { scopes: ['repo'] }, '')
  const session = dance.session('github')
  expect(session.scopes).toEqual([])
  await expect(session.getAccessToken({ scopes: ['repo'] })).rejects.toMatchObject({
    code: 'interaction-required',
  })
})
