import type { Transport } from '../types.ts'

/** A transport that counts how long its caller waits. */
export interface Timed {
  readonly transport: Transport
  /** Milliseconds until answers began or failed, in sum; undefined where nothing was asked. */
  waited(): number | undefined
}

/** Counts for one request. */
export function timed(transport: Transport): Timed {
  let total: number | undefined
  return {
    waited: () => total,
    async transport(url, init) {
      const started = performance.now()
      try {
        return await transport(url, init)
      } finally {
        total = (total ?? 0) + performance.now() - started
      }
    },
  }
}
