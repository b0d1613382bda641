import { late, once } from '../late.ts'
import { loadSessions } from '../parts.ts'
import type { DanceStorage } from './types.ts'

/**
 * Keeps sessions in this page alone: a reload signs out, and other tabs have their own. Logins
 * under way are kept in the tab's sessionStorage.
 */
export function memoryStorage(): DanceStorage {
  const open = once(async () => (await loadSessions()).sessionMap())
  return { name: 'memory', shared: false, ...late(['get', 'list', 'write'], open) }
}
