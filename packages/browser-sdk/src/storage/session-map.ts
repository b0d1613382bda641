import type { DanceStorage, StoredSession } from './types.ts'

/** Sessions in the memory of this page. */
export function sessionMap(): Pick<DanceStorage, 'get' | 'list' | 'write'> {
  const sessions = new Map<string, StoredSession>()
  return {
    get: async (key) => sessions.get(key),
    list: async (prefix) => [...sessions.keys()].filter((key) => key.startsWith(prefix)),
    write: async ({ put = [], delete: gone = [], onlyIf }) => {
      if (onlyIf && sessions.get(onlyIf.key)?.revision !== onlyIf.revision) return false
      for (const key of gone) sessions.delete(key)
      for (const session of put) sessions.set(session.key, session)
      return true
    },
  }
}
