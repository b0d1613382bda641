import { expect, test, vi } from 'vitest'
import { createEvents } from './events.ts'
import { load } from './lazy.ts'
import { readEntries, type Entry, type Snapshot } from './snapshot.ts'
import { createSessions } from './state.ts'

const entry: Entry = { account: '7', scopes: ['a'], refreshable: true, expiresAt: 1 }

function memorySnapshot(kept: Record<string, readonly Entry[] | undefined> = {}): Snapshot {
  return {
    read: (key) => (key in kept ? kept[key] : []),
    write: (key, entries) => {
      kept[key] = entries
    },
  }
}

test('the first state is what was kept, and the initial one is that of a server', () => {
  const sessions = createSessions(
    { a: 'ka', b: 'kb', c: 'kc' },
    memorySnapshot({ ka: [entry], kc: undefined }),
  )
  const { a, b, c } = sessions.getState().sessions
  expect(a).toEqual({
    status: 'signed-in',
    account: '7',
    scopes: ['a'],
    refreshable: true,
    expiresAt: 1,
    accounts: [entry],
  })
  expect(b?.status).toBe('signed-out')
  expect(c?.status).toBe('loading')
  expect(sessions.getInitialState().sessions['a']?.status).toBe('loading')
})

test('what did not change stays the same object, and tells nobody', () => {
  const sessions = createSessions({ a: 'ka', b: 'kb' }, memorySnapshot())
  const listener = vi.fn()
  sessions.subscribe(listener)
  const before = sessions.getState()
  sessions.setEntries('a', [])
  sessions.setPassing('a', { signingIn: false })
  expect(sessions.getState()).toBe(before)
  sessions.setEntries('a', [{ ...entry }])
  const after = sessions.getState()
  expect(after.sessions['b']).toBe(before.sessions['b'])
  sessions.setEntries('a', [{ ...entry, scopes: ['a'] }])
  expect(sessions.getState()).toBe(after)
  expect(listener).toHaveBeenCalledExactlyOnceWith(after, before)
})

test('a listener that throws harms neither the others nor the change', async () => {
  const reported = vi.fn()
  vi.stubGlobal('reportError', reported)
  const sessions = createSessions({ a: 'ka' }, undefined)
  const events = createEvents()
  const second = vi.fn()
  const fail = (): never => {
    throw new Error('mine')
  }
  sessions.subscribe(fail)
  sessions.subscribe(second)
  sessions.setEntries('a', [entry])
  events.on('changed', fail)
  events.on('changed', async () => fail())
  events.on('changed', second)
  events.emit('changed', { client: 'a' })
  await Promise.resolve()
  expect(second).toHaveBeenCalledTimes(2)
  await vi.waitFor(() => expect(reported).toHaveBeenCalledTimes(3))
  vi.unstubAllGlobals()
})

test('one handler may listen twice, and each undo is its own', () => {
  const events = createEvents()
  const handler = vi.fn()
  const undo = events.on('changed', handler)
  events.on('changed', handler)
  undo()
  undo()
  events.emit('changed', { client: 'a' })
  expect(handler).toHaveBeenCalledOnce()
})

test.each([null, 'x', [], {}, { v: 2, entries: [entry] }, { v: 1, entries: 'x' }])(
  'B-40: %o in localStorage is nothing known',
  (value) => {
    expect(readEntries(value)).toBeUndefined()
  },
)

test('B-40: of foreign entries only usable ones are read', () => {
  const bad = [
    null,
    {},
    { account: 7, scopes: [] },
    { account: '7', scopes: 'a' },
    { ...entry, expiresAt: 'x' },
  ]
  expect(readEntries({ v: 1, entries: [...bad, entry] })).toEqual([entry])
})

test('a part that does not load is an error that a retry may help', async () => {
  await expect(load(() => Promise.reject(new TypeError('offline')))).rejects.toMatchObject({
    code: 'part-not-loaded',
    retryable: true,
  })
})
