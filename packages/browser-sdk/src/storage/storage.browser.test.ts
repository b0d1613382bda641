import { Dexie } from 'dexie/dist/modern/dexie.min.mjs'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createKeyPair } from '../dpop/key.ts'
import { DanceError } from '../errors.ts'
import { flowLimit } from './flow-limits.ts'
import { indexedDbStorage } from './indexed-db.ts'
import { memoryStorage } from './memory.ts'
import { sessionFlows } from './session-flows.ts'
import { someSession, testStorage } from './storage.contract.ts'
import { withFallback } from './store.ts'
import type { DanceStorage, Flow } from './types.ts'

let count = 0
const newName = (): string => `spa-dance-storage-${Date.now()}-${++count}`
const broken = (): DanceStorage => {
  const fail = async (): Promise<never> => {
    throw new DanceError('storage-failed', 'full')
  }
  return { name: 'broken', shared: true, get: fail, list: fail, write: fail }
}

testStorage('IndexedDB', () => indexedDbStorage({ name: newName() }))
testStorage('memory', memoryStorage)
testStorage(
  'IndexedDB with its fallback',
  () => withFallback(indexedDbStorage({ name: newName() }), () => {}) as unknown as DanceStorage,
)

/** The name of a database with the session `a 1`, which another page has written and left. */
async function left(): Promise<string> {
  const name = newName()
  await indexedDbStorage({ name }).write({ put: [await someSession('a 1')] })
  const { openDatabase } = await import('./dexie/database.ts')
  // Its connection is this page's too.
  ;(await openDatabase(name)).backendDB().dispatchEvent(new Event('versionchange'))
  return name
}

const someFlow = (state: string, more: Partial<Flow> = {}): Flow => ({
  v: 1,
  state,
  client: 'github',
  context: 'c',
  redirectUri: 'https://app.example/callback/github',
  verifier: 'verifier-canary',
  nonce: 'n',
  scopes: ['a'],
  returnTo: '/',
  created: Date.now(),
  ...more,
})

test.each(['IndexedDB', 'sessionStorage'])(
  '%s keeps logins under way, each for one taker',
  async (where) => {
    const flows =
      where === 'IndexedDB' ? indexedDbStorage({ name: newName() }).flows : sessionFlows()
    if (!flows) throw new Error('no flows')
    await flows.put(someFlow('s1'))
    await flows.put(someFlow('s2'))
    await flows.put(someFlow('s3', { client: 'discord' }))
    await expect(flows.take('s1')).resolves.toEqual(
      someFlow('s1', { created: expect.any(Number) as number }),
    )
    await expect(flows.take('s1')).resolves.toBeUndefined()
    await flows.clear('github')
    await expect(flows.take('s2')).resolves.toBeUndefined()
    await expect(flows.take('s3')).resolves.toMatchObject({ client: 'discord' })
  },
)

test('B-9: of a thousand logins under way no more than the limit stay', async () => {
  const name = newName()
  const { flows } = indexedDbStorage({ name })
  for (let n = 0; n < 100; n++)
    await flows?.put(
      someFlow(`s${n}`, { created: Date.now() - 100 + n, keys: await createKeyPair() }),
    )
  const database = await new Dexie(name).open()
  await expect(database.table('flows').count()).resolves.toBe(flowLimit)
  await expect(database.table('keys').count()).resolves.toBe(flowLimit)
  await expect(flows?.take('s99')).resolves.toBeDefined()
  database.close()
})

test('B-13: of two tabs that take one flow at once, exactly one gets it, 200 times', async () => {
  const name = newName()
  const { flows } = indexedDbStorage({ name })
  const worker = new Worker(new URL('../testing-internal/flow-taker.ts', import.meta.url), {
    type: 'module',
  })
  onTestFinished(() => worker.terminate())
  const there = (state: string): Promise<boolean> =>
    new Promise((resolve) => {
      worker.addEventListener('message', ({ data }) => resolve(data.won), { once: true })
      worker.postMessage({ name, state })
    })
  await there('warm-up')
  let wonHere = 0
  for (let n = 0; n < 200; n++) {
    const state = `s${n}`
    await flows?.put(someFlow(state))
    const [other, here] = await Promise.all([there(state), flows?.take(state)])
    expect([other, here !== undefined].filter(Boolean)).toHaveLength(1)
    if (here) wonHere += 1
  }
  // Otherwise it was no race.
  expect(wonHere).toBeGreaterThan(0)
}, 30_000)

test('tokens lie in the database encrypted, and nothing names them', async () => {
  const name = newName()
  await indexedDbStorage({ name }).write({ put: [await someSession('a 1')] })
  const database = await new Dexie(name).open()
  const rows = await Promise.all(
    ['sessions', 'keys', 'flows'].map((table) => database.table(table).toArray()),
  )
  const texts = JSON.stringify(rows, (_key, value: unknown) =>
    value instanceof ArrayBuffer ? new TextDecoder('latin1').decode(value) : value,
  )
  expect(texts).toContain('a 1')
  expect(texts).not.toContain('canary')
  const [cipher] = (await database.table('keys').toArray()).filter(({ id }) => id === 'cipher')
  expect(cipher.key.extractable).toBe(false)
  database.close()
})

test('B-40: garbage, foreign versions and moved records are not read, and nothing crashes', async () => {
  const name = newName()
  const storage = indexedDbStorage({ name })
  await storage.write({ put: [await someSession('a 1'), await someSession('a 2')] })
  const database = await new Dexie(name).open()
  const sessions = database.table('sessions')
  const row = await sessions.get('a 1')
  await sessions.bulkPut([
    { ...row, key: 'moved' },
    { key: 'garbage', v: 1, revision: 7, iv: 'x', data: null },
    { ...row, key: 'future', v: 2 },
  ])
  await expect(storage.get('moved')).rejects.toMatchObject({ code: 'storage-failed' })
  await expect(storage.get('garbage')).rejects.toMatchObject({ code: 'storage-failed' })
  for (const gone of ['moved', 'garbage']) await expect(storage.get(gone)).resolves.toBeUndefined()
  await expect(storage.get('future')).resolves.toBeUndefined()
  await expect(storage.get('a 2')).resolves.toBeDefined()
  await expect(sessions.get('future')).resolves.toBeDefined()
  database.close()
})

test('B-40: what decrypts well and is no session is not read either', async () => {
  const storage = indexedDbStorage({ name: newName() })
  const session = await someSession('a 1')
  await storage.write({ put: [{ ...session, tokens: { ...session.tokens, accessToken: '' } }] })
  await expect(storage.get('a 1')).rejects.toMatchObject({ code: 'storage-failed' })
})

test.each(['cipher', 'session a 1'])(
  'B-41: a session whose key "%s" is gone is signed out',
  async (id) => {
    const name = newName()
    const storage = indexedDbStorage({ name })
    await storage.write({ put: [await someSession('a 1')] })
    const database = await new Dexie(name).open()
    await database.table('keys').delete(id)
    await expect(storage.get('a 1')).resolves.toBeUndefined()
    await storage.write({ put: [await someSession('a 1')] })
    await expect(storage.get('a 1')).resolves.toBeDefined()
    database.close()
  },
)

test('B-42: a connection that was dropped is opened once more', async () => {
  const name = newName()
  const storage = indexedDbStorage({ name })
  await storage.write({ put: [await someSession('a 1')] })
  const { openDatabase } = await import('./dexie/database.ts')
  const database = await openDatabase(name)
  database.close({ disableAutoOpen: true })
  await expect(storage.get('a 1')).resolves.toBeDefined()
})

test('B-39: a newer version of the site stops the older one from writing', async () => {
  const name = newName()
  const storage = indexedDbStorage({ name })
  await storage.write({ put: [await someSession('a 1')] })
  const newer = new Dexie(name)
  newer.version(1).stores({ sessions: 'key', keys: 'id', flows: 'state' })
  newer.version(2).stores({ sessions: 'key,account', keys: 'id', flows: 'state' })
  await newer.open()
  await expect(storage.write({ put: [await someSession('a 2')] })).rejects.toMatchObject({
    code: 'storage-failed',
  })
  await expect(newer.table('sessions').count()).resolves.toBe(1)
  newer.close()
})

test('B-39: an older version of the site leaves a newer database alone', async () => {
  const name = newName()
  const newer = new Dexie(name)
  newer.version(2).stores({ sessions: 'key,account', keys: 'id', flows: 'state' })
  await newer.open()
  newer.close()
  const storage = indexedDbStorage({ name })
  await expect(storage.list('')).rejects.toMatchObject({ code: 'storage-failed' })
})

test('B-39: an older version of the site reads no newer database either', async () => {
  const name = await left()
  const newer = new Dexie(name)
  newer.version(2).stores({ sessions: 'key,account', keys: 'id', flows: 'state' })
  await newer.open()
  newer.close()
  await expect(indexedDbStorage({ name }).get('a 1')).rejects.toMatchObject({
    code: 'storage-failed',
  })
})

test('a page reads its sessions before Dexie is there, and each time what is there now', async () => {
  const name = await left()
  const storage = indexedDbStorage({ name })
  const connect = vi.spyOn(Dexie.prototype, 'open')
  onTestFinished(() => connect.mockRestore())
  await expect(storage.get('a 1')).resolves.toMatchObject({ revision: '1' })
  expect(connect).not.toHaveBeenCalled()
  const other = await new Dexie(name).open()
  await other.table('sessions').delete('a 1')
  other.close()
  await expect(storage.get('a 1')).resolves.toBeUndefined()
})

test('what a page opens for reading makes no database, and gives way to who deletes one', async () => {
  const none = newName()
  indexedDbStorage({ name: none }).open?.()
  const name = await left()
  await indexedDbStorage({ name }).get('a 1')
  // WebKit lists one that was never made too, as version 0.
  const made = (await indexedDB.databases()).filter(({ version }) => version !== 0)
  const names = made.map((one) => one.name)
  expect(names).toContain(name)
  expect(names).not.toContain(none)
  const blocked = await new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name)
    request.addEventListener('blocked', () => resolve(true))
    request.addEventListener('success', () => resolve(false))
  })
  expect(blocked).toBe(false)
})

test('B-38: where the first reading never answers, the second is asked', async () => {
  const name = await left()
  vi.spyOn(IDBFactory.prototype, 'open').mockReturnValueOnce(new EventTarget() as IDBOpenDBRequest)
  onTestFinished(() => void vi.restoreAllMocks())
  await expect(indexedDbStorage({ name }).get('a 1')).resolves.toMatchObject({ revision: '1' })
})

test.each<[string, () => unknown]>([
  [
    'throws',
    () => {
      throw new DOMException('denied', 'SecurityError')
    },
  ],
  ['never answers', () => Object.assign(new EventTarget(), { result: undefined })],
])(
  'B-38: a database whose opening %s is a typed error within 5 s',
  async (_what, open) => {
    const name = newName()
    vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(open as never)
    onTestFinished(() => void vi.restoreAllMocks())
    await expect(indexedDbStorage({ name }).list('')).rejects.toMatchObject({
      code: 'storage-failed',
      retryable: true,
    })
    vi.restoreAllMocks()
    await expect(indexedDbStorage({ name }).list('')).resolves.toEqual([])
  },
  10_000,
)

test('B-37: what can’t be written lasts as long as the page, and is reported', async () => {
  const report = vi.fn<(error: DanceError) => void>()
  const store = withFallback(broken(), report)
  const session = await someSession('a 1')
  await expect(store.write({ put: [session] })).resolves.toBe(true)
  expect(report).toHaveBeenCalledWith(expect.objectContaining({ code: 'storage-failed' }))
  await expect(store.get('a 1')).resolves.toBe(session)
  const next = { ...session, revision: '2' }
  await expect(store.write({ put: [next], onlyIf: { key: 'a 1', revision: '1' } })).resolves.toBe(
    true,
  )
  await expect(store.write({ put: [next], onlyIf: { key: 'a 1', revision: '1' } })).resolves.toBe(
    false,
  )
  await store.write({ delete: ['a 1'] })
  await expect(store.get('a 1')).rejects.toMatchObject({ code: 'storage-failed' })
})

test.each<[string, (storage: DanceStorage) => Promise<unknown>, string | undefined]>([
  ['is written as soon as that works again', async () => undefined, '2'],
  ['gives way to a sign-out', (storage) => storage.write({ delete: ['a 1'] }), undefined],
  [
    'gives way to newer tokens of another tab',
    async (storage) => storage.write({ put: [await someSession('a 1', 'other')] }),
    'other',
  ],
])('B-37: what could not be written %s', async (_what, meanwhile, revision) => {
  const storage = indexedDbStorage({ name: newName() })
  await storage.write({ put: [await someSession('a 1')] })
  let full = true
  const failing: DanceStorage = {
    ...storage,
    write: async (write) => {
      if (full) throw new DanceError('storage-failed', 'full')
      return storage.write(write)
    },
  }
  const store = withFallback(failing, () => {})
  const onlyIf = { key: 'a 1', revision: '1' }
  await store.write({ put: [await someSession('a 1', '2')], onlyIf })
  expect((await store.get('a 1'))?.revision).toBe('2')
  await meanwhile(storage)
  full = false
  expect((await store.get('a 1'))?.revision).toBe(revision)
  expect((await storage.get('a 1'))?.revision).toBe(revision)
})

test('B-38: a login outlives its page in sessionStorage where the database fails, without a key', async () => {
  const fail = async (): Promise<never> => {
    throw new DanceError('storage-failed', 'denied')
  }
  const flows = { put: fail, take: fail, clear: fail }
  const store = withFallback({ ...broken(), flows }, () => {})
  await expect(store.flows.put(someFlow('s', { keys: await createKeyPair() }))).resolves.toBe(false)
  const taken = await store.flows.take('s')
  expect(taken?.verifier).toBe('verifier-canary')
  expect(taken?.keys).toBeUndefined()
  await expect(store.flows.take('s')).resolves.toBeUndefined()
})
