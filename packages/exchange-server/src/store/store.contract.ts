import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ExchangeStore } from '../types.ts'

/** Two views of one store, as two instances have them; of one process both may be the same. */
export interface Stores {
  readonly one: ExchangeStore
  readonly two: ExchangeStore
  close?(): Promise<void>
}

/** What every store must do. */
export function storeContract(name: string, open: () => Promise<Stores>): void {
  let stores: Stores
  let keys = 0
  const newKey = (): string => `key ${++keys}`

  describe(`the contract of ${name}`, () => {
    beforeAll(async () => void (stores = await open()))
    afterAll(async () => stores.close?.())

    it('X-16: says of one only that it is the first, until the time is over', async () => {
      const { one, two } = stores
      const key = newKey()
      const asked = Array.from({ length: 40 }, (_, n) => (n % 2 ? one : two).first(key, 60))
      const said = await Promise.all(asked)
      expect(said.filter(Boolean)).toHaveLength(1)
      expect(await one.first(newKey(), 60)).toBe(true)

      const short = newKey()
      expect(await one.first(short, 1)).toBe(true)
      expect(await two.first(short, 1)).toBe(false)
      await vi.waitFor(async () => expect(await two.first(short, 1)).toBe(true), 10_000)
    })

    it('lets one work for all, and gives all of them its answer', async () => {
      const { one, two } = stores
      const key = newKey()
      const work = vi.fn(() => Promise.resolve('the answer'))
      const asked = Array.from({ length: 20 }, (_, n) => (n % 2 ? one : two).share(key, 60, work))
      expect(new Set(await Promise.all(asked))).toEqual(new Set(['the answer']))
      expect(await two.share(key, 60, work)).toBe('the answer')
      expect(work).toHaveBeenCalledTimes(1)
      expect(await one.share(newKey(), 60, () => Promise.resolve('another'))).toBe('another')
    })

    it('works again when the time is over', async () => {
      const { one, two } = stores
      const key = newKey()
      await one.share(key, 1, () => Promise.resolve('old'))
      const again = (): Promise<string> => two.share(key, 1, () => Promise.resolve('new'))
      await vi.waitFor(async () => expect(await again()).toBe('new'), 10_000)
    })

    it('keeps no failure', async () => {
      const { one, two } = stores
      const key = newKey()
      const failing = (): Promise<string> => Promise.reject(new RangeError('no'))
      await expect(one.share(key, 60, failing)).rejects.toThrow(RangeError)
      expect(await two.share(key, 60, () => Promise.resolve('yes'))).toBe('yes')
    })

    it('counts over all, anew when the time is over', async () => {
      const { one, two } = stores
      const key = newKey()
      const said = await Promise.all(
        Array.from({ length: 10 }, (_, n) => (n % 2 ? one : two).count(key, 60)),
      )
      expect(said.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
      const short = newKey()
      expect([await one.count(short, 1), await two.count(short, 1)]).toEqual([1, 2])
      await vi.waitFor(async () => expect(await one.count(short, 1)).toBe(1), 10_000)
    })

    it('keeps its three kinds of keys apart', async () => {
      const { one } = stores
      const key = newKey()
      expect(await one.count(key, 60)).toBe(1)
      expect(await one.first(key, 60)).toBe(true)
      expect(await one.share(key, 60, () => Promise.resolve('answer'))).toBe('answer')
      expect(await one.count(key, 60)).toBe(2)
    })
  })
}
