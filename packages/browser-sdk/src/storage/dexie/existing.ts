import type { StoredSession } from '../types.ts'
import { inTime, version, type KeyRow, type SessionRow } from './database.ts'
import { boundTo, toSession } from './rows.ts'

/** In ms: a browser that gives no answer gets a second chance with Dexie. */
const limit = 1_000

/**
 * Reads sessions by a connection of the browser's own, so that a page has its tokens before Dexie is
 * loaded, and mostly without. What is asked for at once is read at once.
 *
 * @returns a reader, which gives undefined where there is no session, or anything is wrong: then Dexie
 *   reads it, and says what
 */
export function readerOf(
  existing: () => Promise<IDBDatabase>,
): (key: string) => Promise<StoredSession | undefined> {
  let next: ReturnType<typeof readAll> | undefined
  return async (key) => {
    try {
      const database = await inTime(existing(), limit)
      // It begins after all who wait for it have asked, so nobody gets what was there before.
      next ??= Promise.resolve().then(() => {
        next = undefined
        return inTime(readAll(database), limit)
      })
      const { rows, keys } = await next
      const keyOf = (id: string): KeyRow | undefined => keys.find((one) => one.id === id)
      const row = rows.find((one) => one.key === key)
      const stored = { row, bound: keyOf(boundTo(key)), cipher: keyOf('cipher') }
      return (await toSession(key, stored)) ?? undefined
    } catch {
      return undefined
    }
  }
}

async function readAll(
  database: IDBDatabase,
): Promise<{ rows: readonly SessionRow[]; keys: readonly KeyRow[] }> {
  if (database.version !== version) throw new Error('of another version')
  const reading = database.transaction(['sessions', 'keys'])
  const [rows, keys] = await Promise.all([
    answer<SessionRow[]>(reading.objectStore('sessions').getAll()),
    answer<KeyRow[]>(reading.objectStore('keys').getAll()),
  ])
  return { rows, keys }
}

const answer = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', reject)
  })
