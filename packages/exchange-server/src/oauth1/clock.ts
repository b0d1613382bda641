import type { TransportAnswer } from '../types.ts'

/** The time that a provider takes requests by, as far as this machine's own is wrong. */
export interface Clock {
  /** Seconds since 1970. */
  now(): number
  /**
   * Learns from a refusal that the provider's clock says another time (RFC 5849 §3.3).
   *
   * @returns whether the same request is worth being signed anew
   */
  learn(answer: Pick<TransportAnswer, 'status' | 'headers'>): boolean
}

/** Seconds. Below it a request was refused for something else; above it something else is wrong. */
const tolerance = 30
const furthest = 86_400

/** A clock that goes by this machine's until a provider knows better. */
export function createClock(): Clock {
  let offset = 0
  const now = (): number => Math.floor(Date.now() / 1000) + offset
  return {
    now,
    learn({ status, headers }) {
      if (status !== 400 && status !== 401) return false
      const told = Date.parse(headers.get('date') ?? '') / 1000
      const ahead = told - now()
      // Not a number, too: no date, or none that can be read.
      if (!(Math.abs(ahead) > tolerance && Math.abs(offset + ahead) <= furthest)) return false
      offset += Math.round(ahead)
      return true
    },
  }
}
