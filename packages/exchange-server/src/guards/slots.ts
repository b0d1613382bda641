import { OAuthError } from '../errors.ts'

/** A bound on what is under way. */
export interface Slots {
  /**
   * @param whose each name has its own bound
   * @returns what gives the slot back; more than once does nothing
   * @throws OAuthError 503 where none is free
   */
  take(whose: string): () => void
}

/** @param most under way at a time for one name, at this instance */
export function createSlots(most: number): Slots {
  const taken = new Map<string, number>()
  const add = (whose: string, number: number): void =>
    void taken.set(whose, (taken.get(whose) ?? 0) + number)
  return {
    take(whose) {
      if ((taken.get(whose) ?? 0) >= most) throw busy()
      add(whose, 1)
      let held = true
      return () => {
        if (held) add(whose, -1)
        held = false
      }
    },
  }
}

const busy = (): OAuthError =>
  new OAuthError(503, 'temporarily_unavailable', 'Too much is under way. Try again in a moment.', {
    reason: 'maxConcurrent is reached',
    headers: { 'Retry-After': '1' },
  })
