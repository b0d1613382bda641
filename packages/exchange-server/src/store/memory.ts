import type { ExchangeStore } from '../types.ts'
import { createShelf } from './shelf.ts'

/** How much a `memoryStore` may hold. Beyond it the oldest is forgotten. */
export interface MemoryStoreOptions {
  /**
   * Proofs and codes that are remembered as used, of each about 100 bytes for up to 6 minutes: one that
   * is forgotten earlier can be used again, as far as the provider lets it. @default 400,000
   */
  uses?: number
  /**
   * Bytes of answers that can be fetched again for 30 seconds: one that is forgotten earlier is lost
   * where it was lost on its way. @default 33,554,432
   */
  answerBytes?: number
}

/**
 * A store of one process. What it promises holds for requests that reach this process; the rest
 * rests on the providers' own one-time codes.
 */
export function memoryStore({
  uses = 400_000,
  answerBytes = 33_554_432,
}: MemoryStoreOptions = {}): ExchangeStore {
  const seen = createShelf<true>(uses)
  const done = createShelf<true>(uses)
  const counts = createShelf<{ number: number }>(uses)
  const answers = createShelf<string>(answerBytes, (answer) => answer.length)
  const running = new Map<string, Promise<string>>()

  return {
    async first(key, seconds) {
      if (seen.get(key)) return false
      seen.put(key, true, seconds)
      return true
    },
    share(key, seconds, work, keep = seconds) {
      const known = running.get(key)
      if (known) return known
      const kept = answers.get(key) ?? (done.get(key) && '')
      if (kept !== undefined) return Promise.resolve(kept)
      const asked = work()
      running.set(key, asked)
      asked.then(
        (answer) => {
          running.delete(key)
          // The time counts from the answer, however long it took.
          done.put(key, true, seconds)
          if (answer !== '') answers.put(key, answer, keep)
        },
        () => running.delete(key),
      )
      return asked
    },
    async count(key, seconds) {
      const known = counts.get(key)
      if (known) return ++known.number
      counts.put(key, { number: 1 }, seconds)
      return 1
    },
  }
}
