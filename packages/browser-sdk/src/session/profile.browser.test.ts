import { expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import {
  begin,
  exchange,
  exchangeReply,
  openBrowser,
  type Browser,
} from '../testing-internal/dancers.ts'
import { jsonReply } from '../testing-internal/fake-server.ts'

const api = 'https://api.github.com/user'
const keyOf = ({ options }: Browser): string =>
  readConfig(options, location.origin).clients.get('github')?.key ?? ''

test('of all tabs that hear of a login, one asks who it is, and tells the others', async () => {
  const browser = openBrowser()
  browser.server.route(`${exchange}/${browser.database}/github/token`, () =>
    jsonReply({ ...exchangeReply(1), account: { id: '7' } }),
  )
  const others = [browser.open('/a'), browser.open('/b')]
  await Promise.all(others.map(({ dance }) => dance.ready))
  const { dance } = await browser.signIn()
  for (const one of [dance, ...others.map((other) => other.dance)]) {
    const name = () => one.getState().sessions['github']?.profile?.name
    await expect.poll(name, { timeout: 5_000 }).toBe('ada')
  }
  expect(browser.server.to(api)).toHaveLength(1)
})

test('nobody hears of a session without a name before its own tab may ask for that', async () => {
  const browser = openBrowser()
  const key = keyOf(browser)
  const { callback } = await begin(browser.open('/start'))
  const lock = `spa-dance:profile ${key}`
  let release = (): void => undefined
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  void navigator.locks.request(lock, () => held)
  const { dance } = browser.open(callback)
  const pending = async () => {
    const { pending: all = [] } = await navigator.locks.query()
    return all.filter(({ name }) => name === lock)
  }
  await expect.poll(pending).toHaveLength(1)
  expect(localStorage.getItem(`spa-dance:${key}`)).toBeNull()
  release()
  await dance.ready
  expect(dance.getState().sessions['github']).toMatchObject({ account: '7' })
})

test('a page that was opened while another tab learnt the name of a session shows it', async () => {
  const browser = openBrowser()
  const shown = `spa-dance:${keyOf(browser)}`
  const { dance } = await browser.signIn()
  const [known] = dance.session('github').accounts()
  const unnamed = { ...known, account: '', profile: undefined }
  localStorage.setItem(shown, JSON.stringify({ v: 1, entries: [unnamed] }))
  const page = browser.open('/')
  const errors: unknown[] = []
  page.dance.on('error', ({ error }) => void errors.push(error))
  await page.dance.ready
  expect(page.dance.session('github').accounts()).toEqual([known])
  expect(localStorage.getItem(shown)).toContain('"account":"7"')
  expect(errors).toEqual([])
})

test('a profile is not kept with a session that another login has left in the meantime', async () => {
  const browser = openBrowser()
  const answers = new Map<string, Promise<Response>>()
  browser.server.route(
    api,
    ({ headers }) =>
      answers.get(headers.get('Authorization') ?? '') ?? new Response('', { status: 500 }),
  )
  const first = await browser.signIn()
  let answerFirst: (answer: Response) => void = () => undefined
  const slow = new Promise<Response>((resolve) => {
    answerFirst = resolve
  })
  answers.set('Bearer access-canary-1', slow)
  const asked = browser.server.to(api).length
  const profile = first.dance.session('github').profile()
  await expect.poll(() => browser.server.to(api).length > asked).toBe(true)
  await browser.signIn()
  answerFirst(jsonReply({ id: 7, login: 'ada' }))
  await expect(profile).resolves.toMatchObject({ id: '7' })
  const { dance } = browser.open('/')
  await dance.ready
  expect(dance.getState().sessions['github']).toMatchObject({ status: 'signed-in', account: '' })
})
