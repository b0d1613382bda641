import { load } from '../lazy.ts'
import { lazyStorage } from './lazy-storage.ts'
import type { DanceStorage } from './types.ts'

/**
 * Keeps sessions in this page alone: a reload signs out, and other tabs have their own. Logins
 * under way are kept in the tab's sessionStorage.
 */
export function memoryStorage(): DanceStorage {
  let opened: Promise<Pick<DanceStorage, 'get' | 'list' | 'write'>> | undefined
  return lazyStorage({ name: 'memory', shared: false }, () => {
    opened ??= load(() => import('./session-map.ts')).then(({ sessionMap }) => sessionMap())
    // The next one tries again.
    opened.catch(() => (opened = undefined))
    return opened
  })
}
