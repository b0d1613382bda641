import { expect, it, vi } from 'vitest'
import { isolateStore } from './isolate.ts'
import { memoryStore } from './memory.ts'
import { storeContract } from './store.contract.ts'

storeContract('memoryStore', async () => {
  const store = memoryStore()
  return { one: store, two: store }
})

storeContract('isolateStore', async () => {
  const store = isolateStore()
  return { one: store, two: store }
})

it('gives an empty text where it has forgotten an answer, but does no work twice', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  try {
    const store = memoryStore({ answerBytes: 8 })
    const work = vi.fn((answer: string) => () => Promise.resolve(answer))
    expect(await store.share('a', 90, work('aaaa'), 30)).toBe('aaaa')
    expect(await store.share('b', 90, work('bbbb'), 30)).toBe('bbbb')
    expect(await store.share('c', 90, work('cccc'), 30)).toBe('cccc')
    const ask = (key: string): Promise<string> => store.share(key, 90, work('again'), 30)
    expect([await ask('a'), await ask('b'), await ask('c')]).toEqual(['', 'bbbb', 'cccc'])
    vi.setSystemTime(Date.now() + 31_000)
    expect([await ask('a'), await ask('b'), await ask('c')]).toEqual(['', '', ''])
    vi.setSystemTime(Date.now() + 60_000)
    expect(await ask('a')).toBe('again')
  } finally {
    vi.useRealTimers()
  }
})

it('forgets the oldest uses where there are too many', async () => {
  const store = memoryStore({ uses: 2 })
  const first = (key: string): Promise<boolean> => store.first(key, 60)
  expect([await first('a'), await first('b'), await first('c')]).toEqual([true, true, true])
  expect([await first('c'), await first('b'), await first('a')]).toEqual([false, false, true])
})
