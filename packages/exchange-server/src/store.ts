import type { ExchangeStore } from './types.ts'

/** More entries than this, and the oldest are forgotten. */
const capacity = 100_000

/**
 * A store of one process. What it promises holds for requests that reach this process; the rest
 * rests on the providers' own one-time codes.
 */
export function memoryStore(): ExchangeStore {
  const seen = new Map<string, number>()
  const answers = new Map<string, Kept>()

  return {
    async first(key, seconds) {
      const now = Date.now()
      // Insertion is in order of time, so what has expired lies in front.
      for (const [old, until] of seen) {
        if (until > now && seen.size < capacity) break
        seen.delete(old)
      }
      const until = seen.get(key)
      if (until !== undefined && until > now) return false
      seen.delete(key)
      seen.set(key, now + seconds * 1000)
      return true
    },
    share(key, seconds, work) {
      const now = Date.now()
      for (const [old, { until }] of answers) if (until <= now) answers.delete(old)
      const known = answers.get(key)
      if (known) return known.answer
      const entry = { until: Number.POSITIVE_INFINITY, answer: work() }
      answers.set(key, entry)
      void keep(entry, seconds).catch(() => answers.delete(key))
      return entry.answer
    },
  }
}

interface Kept {
  until: number
  readonly answer: Promise<string>
}

/** The time counts from the answer, however long it took. */
async function keep(entry: Kept, seconds: number): Promise<void> {
  await entry.answer
  entry.until = Date.now() + seconds * 1000
}
