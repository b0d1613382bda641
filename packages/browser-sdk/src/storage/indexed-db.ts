import { late, once } from '../late.ts'
import { load } from '../lazy.ts'
import { lazyStorage } from './lazy-storage.ts'
import type { DanceStorage } from './types.ts'

/**
 * Keeps sessions in this origin's IndexedDB, for all its tabs. Tokens are encrypted with a key that
 * can't be exported, which guards against a look at the disk, not against a script in the page.
 * Nothing is loaded and no database opened before there is something to keep or to read.
 *
 * @param options.name the database's
 */
export function indexedDbStorage({ name = 'spa-dance' }: { name?: string } = {}): DanceStorage {
  const open = once(async () => {
    const { openStorage } = await load(() => import('./dexie/open.ts'))
    return openStorage(name)
  })
  return {
    ...lazyStorage({ name: 'IndexedDB', shared: true }, open),
    flows: late(['put', 'take', 'clear'], async () => (await open()).flows),
  }
}
