import type { StoredSession } from './storage/types.ts'

/** What was read from storage, until someone says that it changed. */
export interface Live {
  get(key: string): StoredSession | undefined
  set(session: StoredSession): void
  /** Drops all whose key begins so. */
  drop(prefix: string): void
  /** Another one with each drop: what was read before it may be of yesterday. */
  generation(): number
}

export function createLive(): Live {
  const sessions = new Map<string, StoredSession>()
  let generation = 0
  return {
    get: (key) => sessions.get(key),
    set: (session) => sessions.set(session.key, session),
    drop: (prefix) => {
      generation += 1
      for (const key of sessions.keys()) if (key.startsWith(prefix)) sessions.delete(key)
    },
    generation: () => generation,
  }
}
