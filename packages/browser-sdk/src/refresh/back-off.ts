const first = 2_000
const longest = 60_000
const longestAsked = 3_600_000

/** After failures, when to try again. */
export interface BackOff {
  /** In ms from now; 0: at once. */
  wait(key: string): number
  failed(key: string, retryAfter?: number): void
  succeeded(key: string): void
  /** Forgets all failures. */
  clear(): void
}

/** Doubles the wait with each failure, with jitter; a server's own word counts more. */
export function createBackOff(
  now: () => number = () => Date.now(),
  random: () => number = Math.random,
): BackOff {
  const failures = new Map<string, { count: number; until: number }>()
  return {
    wait: (key) => Math.max(0, (failures.get(key)?.until ?? 0) - now()),
    failed: (key, retryAfter) => {
      const count = (failures.get(key)?.count ?? 0) + 1
      const own = Math.min(longest, first * 2 ** (count - 1)) * (0.5 + random() / 2)
      const until = now() + (retryAfter === undefined ? own : Math.min(longestAsked, retryAfter))
      failures.set(key, { count, until })
    },
    succeeded: (key) => {
      failures.delete(key)
    },
    clear: () => failures.clear(),
  }
}
