import { late, once } from '../late.ts'
import { loadSessions } from '../parts.ts'
import { openExisting } from './existing.ts'
import type { DanceStorage } from './types.ts'

/**
 * Keeps sessions in this origin's IndexedDB, for all its tabs. Tokens are encrypted with a key that
 * can't be exported, which guards against a look at the disk, not against a script in the page.
 * Nothing is loaded and no database opened before there is something to keep or to read.
 *
 * @param options.name the database's
 */
export function indexedDbStorage({ name = 'spa-dance' }: { name?: string } = {}): DanceStorage {
  const existing = once(() => openExisting(name))
  const open = once(async () => (await loadSessions()).openStorage(name, existing))
  return {
    name: 'IndexedDB',
    shared: true,
    ...late(['get', 'list', 'write'], open),
    flows: late(['put', 'take', 'clear'], async () => (await open()).flows),
    open: () => {
      // Whoever needs it is told of a failure.
      existing().catch(() => undefined)
    },
  }
}
