import type { ExchangeStore } from '../types.ts'

/** More entries than this, and the oldest are forgotten. */
const capacity = 100_000

/**
 * A store of one process. What it promises holds for requests that reach this process; the rest
 * rests on the providers' own one-time codes.
 */
export function memoryStore(): ExchangeStore {
  const seen = new Map<string, Lasting>()
  const counts = new Map<string, Lasting & { number: number }>()
  const answers = new Map<string, Lasting & { readonly answer: Promise<string> }>()

  return {
    async first(key, seconds) {
      if (find(seen, key)) return false
      seen.set(key, { until: Date.now() + seconds * 1000 })
      return true
    },
    share(key, seconds, work) {
      const known = find(answers, key)
      if (known) return known.answer
      // The time counts from the answer, however long it takes.
      const entry = { until: Number.POSITIVE_INFINITY, answer: work() }
      answers.set(key, entry)
      entry.answer.then(
        () => (entry.until = Date.now() + seconds * 1000),
        () => answers.delete(key),
      )
      return entry.answer
    },
    async count(key, seconds) {
      const known = find(counts, key)
      if (known) return ++known.number
      counts.set(key, { number: 1, until: Date.now() + seconds * 1000 })
      return 1
    },
  }
}

interface Lasting {
  /** Milliseconds since 1970. */
  until: number
}

/** What there is and lasts. What has expired lies in front, as insertion is in order of time. */
function find<T extends Lasting>(entries: Map<string, T>, key: string): T | undefined {
  const now = Date.now()
  for (const [old, { until }] of entries) {
    if (until > now && entries.size < capacity) break
    entries.delete(old)
  }
  const found = entries.get(key)
  if (found && found.until > now) return found
  entries.delete(key)
  return undefined
}
