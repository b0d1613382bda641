import { once } from '../late.ts'
import { loadSessions } from '../parts.ts'
import { lazyStorage } from './lazy-storage.ts'
import type { DanceStorage } from './types.ts'

/**
 * Keeps sessions in this page alone: a reload signs out, and other tabs have their own. Logins
 * under way are kept in the tab's sessionStorage.
 */
export function memoryStorage(): DanceStorage {
  const open = once(async () => {
    const { sessionMap } = await loadSessions()
    return sessionMap()
  })
  return lazyStorage({ name: 'memory', shared: false }, open)
}
