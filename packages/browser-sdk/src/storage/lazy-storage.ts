import { late } from '../late.ts'
import type { DanceStorage } from './types.ts'

/** A storage whose code is loaded with its first use. */
export function lazyStorage(
  about: Pick<DanceStorage, 'name' | 'shared'>,
  open: () => Promise<Pick<DanceStorage, 'get' | 'list' | 'write'>>,
): DanceStorage {
  return {
    ...about,
    ...late(['get', 'list', 'write'], open),
    open: () => {
      // Whoever needs it is told of a failure.
      open().catch(() => undefined)
    },
  }
}
