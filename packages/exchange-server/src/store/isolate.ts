import type { ExchangeStore } from '../types.ts'
import { claimOrWait, type Cells } from './claim.ts'
import { memoryStore } from './memory.ts'
import { createShelf } from './shelf.ts'

/** Characters of all that is kept: an isolate has 128 MB. */
const capacity = 16_777_216

/**
 * A memory store in which no request waits for a promise of another one: on Cloudflare Workers what a
 * request has begun may end with it, and those who wait for it would wait for ever.
 */
export function isolateStore(): ExchangeStore {
  const cells = memoryCells()
  return {
    ...memoryStore(),
    share: (key, seconds, work) => claimOrWait(cells, key, seconds, work),
  }
}

/** Cells of this process. */
export function memoryCells(): Cells {
  const kept = createShelf<string>(capacity, (text) => text.length)
  const write = (key: string, text: string, milliseconds: number): void =>
    kept.put(key, text, milliseconds / 1000)
  return {
    get: async (key) => kept.get(key),
    set: async (key, text, milliseconds) => write(key, text, milliseconds),
    async claim(key, text, milliseconds) {
      if (kept.get(key) !== undefined) return false
      write(key, text, milliseconds)
      return true
    },
    async extend(key, text, milliseconds) {
      if (kept.get(key) === text) write(key, text, milliseconds)
    },
    async release(key, text) {
      if (kept.get(key) === text) kept.drop(key)
    },
  }
}
