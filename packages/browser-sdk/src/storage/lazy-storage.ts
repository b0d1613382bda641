import type { DanceStorage } from './types.ts'

/** A storage whose code is loaded with its first use. */
export function lazyStorage(
  about: Pick<DanceStorage, 'name' | 'shared'>,
  open: () => Promise<Pick<DanceStorage, 'get' | 'list' | 'write'>>,
): DanceStorage {
  return {
    ...about,
    get: async (key) => (await open()).get(key),
    list: async (prefix) => (await open()).list(prefix),
    write: async (write) => (await open()).write(write),
    open: () => {
      // Whoever needs it is told of a failure.
      open().catch(() => undefined)
    },
  }
}
