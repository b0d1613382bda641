/** Values that vanish by themselves. */
export interface Shelf<T> {
  get(key: string): T | undefined
  /** Puts it behind all others, in the place of what the key had. */
  put(key: string, value: T, seconds: number): void
  drop(key: string): void
}

/**
 * Makes an empty shelf. It has no timer: what is over goes when something else is asked for, and so
 * does the oldest where all together weigh too much.
 *
 * @param weigh by default each value weighs 1
 */
export function createShelf<T>(capacity: number, weigh: (value: T) => number = () => 1): Shelf<T> {
  const kept = new Map<string, { readonly value: T; readonly end: number }>()
  // In ms from here on: numbers that are small and whole take less memory than a date.
  const start = Date.now()
  const passed = (): number => Date.now() - start
  let weight = 0
  const drop = (key: string): void => {
    const entry = kept.get(key)
    if (entry && kept.delete(key)) weight -= weigh(entry.value)
  }
  const tidy = (now: number): void => {
    for (const [key, { end }] of kept) {
      if (end > now && weight <= capacity) return
      drop(key)
    }
  }
  return {
    drop,
    get(key) {
      const now = passed()
      tidy(now)
      const entry = kept.get(key)
      return entry && entry.end > now ? entry.value : undefined
    },
    put(key, value, seconds) {
      drop(key)
      const now = passed()
      kept.set(key, { value, end: now + Math.ceil(seconds * 1000) })
      weight += weigh(value)
      tidy(now)
    },
  }
}
