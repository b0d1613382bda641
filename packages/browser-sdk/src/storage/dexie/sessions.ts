import { DanceError } from '../../errors.ts'
import type { DanceStorage, StoredSession } from '../types.ts'
import { cipherKey, encrypt } from './cipher.ts'
import { isConnected, withDatabase, type Database, type SessionRow } from './database.ts'
import { readerOf } from './existing.ts'
import { boundTo, toSession } from './rows.ts'

/** Sessions in one database: encrypted, with the keys that they are bound to beside them. */
export function dexieSessions(
  name: string,
  existing: () => Promise<IDBDatabase>,
): Pick<DanceStorage, 'get' | 'list' | 'write'> {
  const readExisting = readerOf(existing)
  return {
    get: async (key) =>
      (isConnected(name) ? undefined : await readExisting(key)) ??
      withDatabase(name, (database) => read(database, key)),
    list: (prefix) =>
      withDatabase(name, ({ sessions }) => sessions.where(':id').startsWith(prefix).primaryKeys()),
    write: ({ put = [], delete: gone = [], onlyIf }) =>
      withDatabase(name, async (database) => {
        const { sessions, keys } = database
        // Encrypted beforehand: a transaction ends at the first wait for something else.
        const rows = put.length === 0 ? [] : await toRows(database, put)
        return database.transaction('rw', sessions, keys, async () => {
          if (onlyIf && (await sessions.get(onlyIf.key))?.revision !== onlyIf.revision) return false
          await sessions.bulkDelete([...gone])
          await keys.bulkDelete(gone.map(boundTo))
          await sessions.bulkPut(rows)
          for (const session of put) {
            if (session.keys) await keys.put({ id: boundTo(session.key), key: session.keys })
            else await keys.delete(boundTo(session.key))
          }
          return true
        })
      }),
  }
}

async function read(database: Database, key: string): Promise<StoredSession | undefined> {
  const { sessions, keys } = database
  const stored = await database.transaction('r', sessions, keys, async () => ({
    row: await sessions.get(key),
    bound: await keys.get(boundTo(key)),
    cipher: await keys.get('cipher'),
  }))
  const session = await toSession(key, stored)
  if (session !== null) return session
  if (stored.row) await discard(database, stored.row)
  throw new DanceError(
    'storage-failed',
    'A stored session was damaged, and has been removed. Sign in again.',
  )
}

/** Nobody can read it any more. Another tab may have put a good one in its place. */
async function discard({ sessions }: Database, { key, revision }: SessionRow): Promise<void> {
  await sessions
    .where(':id')
    .equals(key)
    .and((row) => row.revision === revision)
    .delete()
}

async function toRows(
  database: Database,
  sessions: readonly StoredSession[],
): Promise<SessionRow[]> {
  const cipher = await cipherKey(database)
  return Promise.all(
    sessions.map(async ({ keys, ...session }) => {
      const { key, v, revision } = session
      const text = JSON.stringify({ ...session, bound: keys !== undefined })
      const encrypted = await encrypt(cipher, text, key)
      return { key, v, revision, ...encrypted }
    }),
  )
}
