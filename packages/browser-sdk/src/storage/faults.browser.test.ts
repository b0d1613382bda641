import { Dexie } from 'dexie/dist/modern/dexie.min.mjs'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { begin, openBrowser, type Browser } from '../testing-internal/dancers.ts'
import type { DanceError } from '../errors.ts'
import { jsonReply } from '../testing-internal/fake-server.ts'
import { indexedDbStorage } from './indexed-db.ts'
import { someSession } from './storage.contract.ts'

let count = 0
const newName = (): string => `spa-dance-faults-${Date.now()}-${++count}`
const failed = { code: 'storage-failed' }

afterEach(() => void vi.restoreAllMocks())

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error))
  })

/** A connection that is none of the SDK's, and gives way to nobody. */
async function holdOpen(name: string, version: number): Promise<IDBDatabase> {
  const database = await settled(indexedDB.open(name, version))
  onTestFinished(() => database.close())
  return database
}

/** Opens a page, and gives all errors that its listeners are told of while it reads its storage. */
async function openPage(browser: Browser) {
  const { dance, page } = browser.open('/')
  const errors: DanceError[] = []
  dance.on('error', ({ error }) => void errors.push(error))
  await dance.ready
  return { dance, page, errors, status: dance.getState().sessions['github']?.status }
}

/** Works on a site's database behind the back of the SDK. */
async function behind(
  { database: name }: Browser,
  work: (database: Dexie) => PromiseLike<unknown>,
): Promise<void> {
  const database = await new Dexie(name).open()
  await work(database)
  database.close()
}

test('B-39: a database as the first version wrote it is read', async () => {
  const name = newName()
  // As it lay on disk, made without the SDK: a change of it needs a migration.
  const request = indexedDB.open(name, 10)
  request.addEventListener('upgradeneeded', () => {
    request.result.createObjectStore('sessions', { keyPath: 'key' })
    request.result.createObjectStore('keys', { keyPath: 'id' })
    request.result.createObjectStore('flows', { keyPath: 'state' })
  })
  const database = await settled(request)
  const session = {
    v: 1,
    key: 'github https://exchange.test/github spa 7',
    revision: 'r1',
    client: 'github',
    context: 'https://exchange.test/github spa',
    account: '7',
    tokens: { accessToken: 'a', tokenType: 'Bearer', scopes: ['x'], issuedAt: 1, expiresAt: 2 },
    profile: { id: '7', name: 'ada' },
  }
  const { key: id, v, revision } = session
  const cipher = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ])
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const encoder = new TextEncoder()
  const data = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: encoder.encode(id) },
    cipher,
    encoder.encode(JSON.stringify(session)),
  )
  const writing = database.transaction(['sessions', 'keys', 'flows'], 'readwrite')
  writing.objectStore('sessions').put({ key: id, v, revision, iv, data })
  writing.objectStore('keys').put({ id: 'cipher', key: cipher })
  const flow = { v: 1, state: 's', client: 'github', context: 'c', redirectUri: 'r' }
  const more = { verifier: 'w', scopes: ['x'], returnTo: '/', created: Date.now() }
  await settled(writing.objectStore('flows').put({ ...flow, ...more }))
  database.close()

  const storage = indexedDbStorage({ name })
  await expect(storage.list('github ')).resolves.toEqual([id])
  await expect(storage.get(id)).resolves.toEqual(session)
  await expect(storage.flows?.take('s')).resolves.toEqual({ ...flow, ...more })
})

test('B-38: an upgrade that another page blocks ends within 5 s, and works once it lets go', async () => {
  const name = newName()
  const old = await holdOpen(name, 5)
  const storage = indexedDbStorage({ name })
  await expect(storage.list('')).rejects.toMatchObject({ ...failed, retryable: true })
  old.close()
  await expect(storage.list('')).resolves.toEqual([])
}, 15_000)

test('B-38: a database that stops to answer is a typed error, and is opened anew', async () => {
  const name = newName()
  const storage = indexedDbStorage({ name })
  await storage.write({ put: [await someSession('a 1')] })
  const open = vi.spyOn(IDBFactory.prototype, 'open')
  const get = vi
    .spyOn(IDBObjectStore.prototype, 'get')
    .mockImplementation(() => new EventTarget() as IDBRequest)
  await expect(storage.get('a 1')).rejects.toThrow('gives no answer')
  expect(open).toHaveBeenCalledOnce()
  get.mockRestore()
  await expect(storage.get('a 1')).resolves.toMatchObject({ key: 'a 1' })
}, 20_000)

test('B-40: of two accounts with one damaged, the other stays signed in, and it is told once', async () => {
  const browser = openBrowser()
  await browser.signIn()
  browser.server.route('https://api.github.com/user', () => jsonReply({ id: 8, login: 'bob' }))
  await browser.signIn()
  await behind(browser, (database) =>
    database
      .table('sessions')
      .filter(({ key }) => key.endsWith(' 8'))
      .modify({ iv: new Uint8Array(12) }),
  )
  const { dance, errors, status } = await openPage(browser)
  expect(errors).toMatchObject([{ ...failed, retryable: false }])
  expect(status).toBe('signed-in')
  expect(dance.getState().sessions['github']?.account).toBe('7')
  await behind(browser, async (database) => {
    await expect(database.table('sessions').count()).resolves.toBe(1)
  })
  const next = await openPage(browser)
  expect(next.errors).toEqual([])
  expect(next.status).toBe('signed-in')
})

test.each(['sessions', 'keys'])(
  'B-41: where the browser has cleared the %s, the person is signed out, and it is told once',
  async (table) => {
    const browser = openBrowser()
    await browser.signIn()
    await behind(browser, (database) => database.table(table).clear())
    const { errors, status } = await openPage(browser)
    expect(errors).toMatchObject([{ ...failed, client: 'github' }])
    expect(errors[0]?.message).toContain('Sign in again')
    expect(status).toBe('signed-out')
    const next = await openPage(browser)
    expect(next.errors).toEqual([])
    await browser.signIn()
    expect((await openPage(browser)).status).toBe('signed-in')
  },
)

test('B-41: a session whose key alone is gone is signed out, also with a bearer token', async () => {
  const browser = openBrowser()
  await browser.signIn()
  await behind(browser, (database) =>
    database.table('keys').where('id').startsWith('session').delete(),
  )
  const { errors, status } = await openPage(browser)
  expect(errors).toMatchObject([failed])
  expect(status).toBe('signed-out')
})

test('B-41: a database that is cleared under an open page ends its session at the next refresh', async () => {
  const browser = openBrowser()
  const { dance } = await browser.signIn()
  const expired = vi.fn()
  dance.on('expired', expired)
  await settled(indexedDB.deleteDatabase(browser.database))
  vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 3_600_000)
  const { get } = dance.session('github')
  await expect(get('/user')).rejects.toMatchObject({ code: 'session-expired' })
  await expect(get('/user')).rejects.toMatchObject({ code: 'signed-out' })
  expect(expired).toHaveBeenCalledExactlyOnceWith({ client: 'github', account: '7' })
  expect(dance.getState().sessions['github']?.status).toBe('signed-out')
})

test('B-43: where the browser keeps no keys, a session lasts as long as its page, and it is told', async () => {
  const put = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'put')?.value as (
    value: unknown,
  ) => IDBRequest
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
    this: IDBObjectStore,
    value: { key?: unknown },
  ) {
    if (typeof value.key === 'object') throw new DOMException('keys', 'DataCloneError')
    return put.call(this, value)
  })
  const browser = openBrowser()
  const { request, callback } = await begin(browser.open('/'))
  // The key will be made when the login ends.
  expect(request.searchParams.has('dpop_jkt')).toBe(false)
  const { dance } = browser.open(callback)
  const errors: DanceError[] = []
  dance.on('error', ({ error }) => void errors.push(error))
  await expect(dance.ready).resolves.not.toHaveProperty('error')
  expect(errors[0]).toMatchObject({ ...failed, retryable: false })
  expect(errors[0]?.message).toContain('keeps no keys')
  await expect(dance.session('github').get('/user')).resolves.toMatchObject({ status: 200 })
  vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 3_600_000)
  await expect(dance.session('github').getAccessToken()).resolves.toBe('access-canary-2')
  expect((await openPage(browser)).status).toBe('signed-out')
})

test('B-38: where nothing at all is kept, a login is a typed error before the page is left', async () => {
  const denied = (): never => {
    throw new DOMException('denied', 'SecurityError')
  }
  vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(denied)
  vi.spyOn(window, 'sessionStorage', 'get').mockImplementation(denied)
  vi.spyOn(window, 'localStorage', 'get').mockImplementation(denied)
  const browser = openBrowser()
  const { dance, page, status } = await openPage(browser)
  expect(status).toBe('signed-out')
  await expect(dance.login('github')).rejects.toMatchObject({ ...failed, retryable: false })
  expect(page.left).toEqual([])
  expect(dance.getState().sessions['github']).toMatchObject({ status: 'signed-out', error: failed })
  await expect(dance.logout('github')).resolves.toEqual({ sessions: [] })
  vi.restoreAllMocks()
})
