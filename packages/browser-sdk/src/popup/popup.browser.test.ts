import { expect, onTestFinished, test, vi } from 'vitest'
import { sessionMap } from '../storage/session-map.ts'
import { memoryStorage } from '../storage/memory.ts'
import type { DanceStorage, Flow } from '../storage/types.ts'
import {
  answerTo,
  begin,
  beginInPopup,
  exchange,
  openBrowser,
} from '../testing-internal/dancers.ts'
import type { Browser, PopupLogin } from '../testing-internal/dancers.ts'
import type { FakePopup } from '../testing-internal/fake-popup.ts'
import type { Dance } from '../types.ts'

const statusOf = (dance: Dance): string | undefined => dance.getState().sessions['github']?.status

const tokenRequests = ({ server, database }: Browser): number =>
  server.to(`${exchange}/${database}/github/token`).length

const patient = { timeout: 10_000 }

/** What passes between the page and its popups, in a test of its own. */
function popupChannel(): { heard: unknown[]; say: (message: unknown) => void } {
  const channel = new BroadcastChannel('spa-dance:popup')
  const heard: unknown[] = []
  channel.addEventListener('message', ({ data }) => heard.push(data))
  onTestFinished(() => channel.close())
  return { heard, say: (message) => channel.postMessage(message) }
}

/** Until the page has looked at its popup, and once more. */
async function looked(popup: FakePopup): Promise<void> {
  const before = popup.looks
  await vi.waitUntil(() => popup.looks > before + 1, patient)
}

/** The person comes back to the page. */
const comeBack = (): void => void dispatchEvent(new Event('focus'))

test('a popup ends the login and closes, and the page stays where it is', async () => {
  const browser = openBrowser()
  const { heard } = popupChannel()
  const opener = browser.open('/inbox?mail=1')
  const login = await beginInPopup(opener)
  expect(statusOf(opener.dance)).toBe('signing-in')
  const popup = browser.open(login.callback)
  const session = await login.outcome
  expect(popup.page.isClosed()).toBe(true)
  expect(login.popup.closed).toBe(true)
  expect(opener.dance.getState().sessions['github']).toMatchObject({
    status: 'signed-in',
    account: '7',
    profile: { name: 'ada' },
  })
  await expect(session.json('/user')).resolves.toEqual({ id: 7, login: 'ada' })
  expect(session).toBe(opener.dance.session('github', '7'))
  expect(opener.page.href()).toBe(`${location.origin}/inbox?mail=1`)
  expect(opener.page.left).toEqual([])
  expect(tokenRequests(browser)).toBe(1)
  expect(JSON.stringify(heard)).not.toContain('canary')
})

test('a decline in the popup rejects the login', async () => {
  const browser = openBrowser()
  const opener = browser.open('/')
  const { request, outcome } = await beginInPopup(opener)
  const popup = browser.open(answerTo(request, { error: 'access_denied' }))
  await expect(outcome).rejects.toMatchObject({
    code: 'access-denied',
    client: 'github',
    retryable: true,
    message: '[dance] [github] The person declined.',
  })
  expect(popup.page.isClosed()).toBe(true)
  expect(opener.dance.getState().sessions['github']).toMatchObject({
    status: 'signed-out',
    error: { code: 'access-denied' },
  })
})

test('a popup that can’t be closed goes on as a page of the app', async () => {
  const browser = openBrowser()
  const opener = browser.open('/inbox')
  const { callback, outcome } = await beginInPopup(opener)
  const popup = browser.open(callback, {}, { closes: false })
  await expect(popup.dance.ready).resolves.toEqual({ client: 'github', returnTo: '/inbox' })
  expect(popup.page.href()).toBe(`${location.origin}/inbox`)
  expect(statusOf(popup.dance)).toBe('signed-in')
  await outcome
})

test('a login that is not of a popup closes nothing', async () => {
  const browser = openBrowser()
  const { page } = await browser.signIn()
  expect(page.isClosed()).toBe(false)
})

test('B-22: who does not know the login’s state is not heard', async () => {
  const browser = openBrowser()
  const { say } = popupChannel()
  const opener = browser.open('/')
  const login = await beginInPopup(opener)
  const ended = vi.fn()
  login.outcome.then(ended, ended)
  const state = login.request.searchParams.get('state')
  say({ v: 1, state: 'another', kind: 'end', account: 'evil' })
  say({ v: 1, kind: 'end', account: 'evil' })
  say({ v: 1, state, kind: 'end', account: 7 })
  say({ v: 1, state, kind: 'answer' })
  say('end')
  say(null)
  browser.open(login.callback)
  await login.outcome
  expect(opener.dance.getState().sessions['github']).toMatchObject({ account: '7' })
  expect(ended).toHaveBeenCalledOnce()
})

test('B-22: a session that is not in the storage is not taken from a message', async () => {
  const browser = openBrowser()
  const { say } = popupChannel()
  const { outcome, request } = await beginInPopup(browser.open('/'))
  say({ v: 1, state: request.searchParams.get('state'), kind: 'end', account: 'evil' })
  await expect(outcome).rejects.toMatchObject({ code: 'storage-failed' })
})

test('B-23: a popup that was closed at the provider rejects the login once the person is back', async () => {
  const browser = openBrowser()
  const opener = browser.open('/')
  const { outcome, popup } = await beginInPopup(opener)
  popup.elsewhere = true
  await looked(popup)
  popup.closed = true
  comeBack()
  await expect(outcome).rejects.toMatchObject({ code: 'login-cancelled' })
  expect(opener.dance.getState().sessions['github']).toEqual({
    status: 'signed-out',
    scopes: [],
    refreshable: false,
    accounts: [],
  })
})

test('B-23: one that was closed before it was there rejects the login too', async () => {
  const browser = openBrowser()
  const opener = browser.open('/')
  const outcome = opener.dance.login('github', { mode: 'popup' })
  const [popup] = opener.page.popups
  if (!popup) throw new Error('there is a popup')
  await opener.dance.ready
  popup.closed = true
  await expect(outcome).rejects.toMatchObject({ code: 'login-cancelled' })
})

test('B-23: a popup that only reads as closed, by its opener policy, still signs in', async () => {
  const browser = openBrowser()
  const opener = browser.open('/')
  const { outcome, popup, callback } = await beginInPopup(opener)
  popup.closed = true
  comeBack()
  // Nobody can say, so the person may try again.
  await expect.poll(() => statusOf(opener.dance)).toBe('signed-out')
  browser.open(callback)
  await expect(outcome).resolves.toMatchObject({ client: 'github' })
  expect(statusOf(opener.dance)).toBe('signed-in')
})

test('B-23: what comes back from the provider is waited for, whatever is read of the window', async () => {
  const browser = openBrowser()
  const opener = browser.open('/')
  const { outcome, popup, callback } = await beginInPopup(opener)
  popup.elsewhere = true
  await looked(popup)
  const answers: (() => void)[] = []
  browser.server.route(
    'https://api.github.com/user',
    () =>
      new Promise((resolve) => {
        answers.push(() => resolve(Response.json({ id: 7, login: 'ada' })))
      }),
  )
  browser.open(callback)
  await vi.waitUntil(() => browser.server.to('https://api.github.com/user').length > 0, patient)
  popup.closed = true
  comeBack()
  await looked(popup)
  expect(statusOf(opener.dance)).toBe('signing-in')
  for (const answer of answers) answer()
  await expect(outcome).resolves.toMatchObject({ client: 'github' })
})

test('B-23: the app gives a login up, its popup closes, and its answer is taken no more', async () => {
  const browser = openBrowser()
  const opener = browser.open('/')
  const giveUp = new AbortController()
  const login = await beginInPopup(opener, { signal: giveUp.signal })
  giveUp.abort(new Error('enough'))
  await expect(login.outcome).rejects.toMatchObject({
    code: 'login-cancelled',
    cause: { message: 'enough' },
  })
  expect(login.popup.closed).toBe(true)
  const late = browser.open(login.callback)
  await expect(late.dance.ready).resolves.toMatchObject({ error: { code: 'flow-unknown' } })
  expect(tokenRequests(browser)).toBe(0)
})

test('B-23: a signal that was given up before opens nothing at the provider', async () => {
  const { page, dance } = openBrowser().open('/')
  const outcome = dance.login('github', { mode: 'popup', signal: AbortSignal.abort() })
  await expect(outcome).rejects.toMatchObject({ code: 'login-cancelled' })
  expect(page.popups.map(({ went, closed }) => [went, closed])).toEqual([[[], true]])
  const redirect = dance.login('github', { signal: AbortSignal.abort() })
  await expect(redirect).rejects.toMatchObject({ code: 'login-cancelled' })
  expect(page.left).toEqual([])
})

test('B-23: a popup that says nothing is given up after ten minutes', async () => {
  const browser = openBrowser()
  const opener = browser.open('/')
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const outcome = opener.dance.login('github', { mode: 'popup' })
  const [popup] = opener.page.popups
  await vi.waitUntil(() => popup?.went.length === 1, patient)
  vi.advanceTimersByTime(600_000)
  await expect(outcome).rejects.toMatchObject({ code: 'flow-expired', retryable: true })
})

test('B-23: another login of the client takes the place of the one before', async () => {
  const browser = openBrowser()
  const opener = browser.open('/')
  const first = await beginInPopup(opener)
  const second = await beginInPopup(opener)
  await expect(first.outcome).rejects.toMatchObject({ code: 'login-cancelled' })
  expect(first.popup.closed).toBe(true)
  expect(statusOf(opener.dance)).toBe('signing-in')
  browser.open(second.callback)
  await second.outcome
})

test('B-24: where no popup is allowed the page is left instead, unless told otherwise', async () => {
  const { page, dance } = openBrowser().open('/', {}, { opens: false })
  await expect(
    dance.login('github', { mode: 'popup', popupBlocked: 'reject' }),
  ).rejects.toMatchObject({ code: 'popup-blocked', retryable: true })
  expect(page.left).toEqual([])
  dance.login('github', { mode: 'popup' }).catch(() => undefined)
  await vi.waitUntil(() => page.left.length > 0, patient)
  expect(page.left[0]).toContain('/github/authorize?')
})

test('B-24: nothing is awaited before the popup opens, and it closes if nothing comes of it', async () => {
  const browser = openBrowser()
  const { page, dance } = browser.open('/')
  dance.on('beforeLogin', () => Promise.reject(new Error('not now')))
  const outcome = dance.login('github', { mode: 'popup' })
  expect(page.popups).toHaveLength(1)
  await expect(outcome).rejects.toMatchObject({ code: 'login-cancelled' })
  expect(page.popups[0]?.closed).toBe(true)
})

test('B-25: the popup ends the login also if its page is gone, and other pages see it', async () => {
  const browser = openBrowser()
  const opener = browser.open('/')
  const { callback, outcome } = await beginInPopup(opener)
  opener.dance.destroy()
  await expect(outcome).rejects.toMatchObject({ code: 'login-cancelled' })
  const reloaded = browser.open('/')
  await reloaded.dance.ready
  const popup = browser.open(callback)
  await expect.poll(() => statusOf(reloaded.dance)).toBe('signed-in')
  await expect.poll(() => popup.page.isClosed()).toBe(true)
})

test('B-26: the provider’s page gets no hold of the page that opened it', async () => {
  const { popup } = await beginInPopup(openBrowser().open('/'))
  expect(popup.opener).toBeNull()
})

/** A storage of one page alone, logins under way included. */
function ownStorage(): DanceStorage {
  const flows = new Map<string, Flow>()
  return {
    name: 'own',
    shared: false,
    ...sessionMap(),
    flows: {
      put: async (flow) => void flows.set(flow.state, flow),
      take: async (state) => {
        const flow = flows.get(state)
        flows.delete(state)
        return flow
      },
      clear: async () => flows.clear(),
    },
  }
}

const handedOver = async (browser: Browser): Promise<PopupLogin & { dance: Dance }> => {
  const opener = browser.open('/inbox', { storage: ownStorage() })
  return { ...(await beginInPopup(opener)), dance: opener.dance }
}

test('a popup hands its answer over to a page whose storage is its own', async () => {
  const browser = openBrowser()
  const { heard } = popupChannel()
  const { dance, outcome, callback } = await handedOver(browser)
  const popup = browser.open(callback, { storage: memoryStorage() })
  await expect(outcome).resolves.toMatchObject({ client: 'github' })
  await expect.poll(() => popup.page.isClosed()).toBe(true)
  expect(dance.getState().sessions['github']).toMatchObject({ status: 'signed-in', account: '7' })
  await expect(dance.session('github').json('/user')).resolves.toMatchObject({ id: 7 })
  expect(tokenRequests(browser)).toBe(1)
  expect(JSON.stringify(heard)).not.toMatch(/(access|handle)-canary/)
})

test('B-6: an answer that no page waits for is handed over to nobody', async () => {
  const browser = openBrowser()
  const { heard } = popupChannel()
  const { callback } = await begin(browser.open('/', { storage: ownStorage() }))
  const { dance } = browser.open(callback, { storage: memoryStorage() })
  await expect(dance.ready).resolves.toMatchObject({ error: { code: 'flow-unknown' } })
  expect(heard).toEqual([])
  expect(tokenRequests(browser)).toBe(0)
})
