import type { ExchangeStore } from '../types.ts'
import { claimOrWait, type Cells } from './claim.ts'
import { memoryStore } from './memory.ts'

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
  const kept = new Map<string, { readonly text: string; readonly until: number }>()
  const read = (key: string): string | undefined => {
    const now = Date.now()
    for (const [old, { until }] of kept) if (until <= now) kept.delete(old)
    return kept.get(key)?.text
  }
  const write = (key: string, text: string, milliseconds: number): void =>
    void kept.set(key, { text, until: Date.now() + milliseconds })
  return {
    get: async (key) => read(key),
    set: async (key, text, milliseconds) => write(key, text, milliseconds),
    async claim(key, text, milliseconds) {
      if (read(key) !== undefined) return false
      write(key, text, milliseconds)
      return true
    },
    async extend(key, text, milliseconds) {
      if (read(key) === text) write(key, text, milliseconds)
    },
    async release(key, text) {
      if (read(key) === text) kept.delete(key)
    },
  }
}
