import { DanceError } from '../../errors.ts'
import { isStoredSession } from '../records.ts'
import type { DanceStorage, StoredSession } from '../types.ts'
import { cipherKey, decrypt, encrypt } from './cipher.ts'
import { withDatabase, type Database, type SessionRow } from './database.ts'

/** Sessions in one database: encrypted, with the keys that they are bound to beside them. */
export function dexieSessions(name: string): Pick<DanceStorage, 'get' | 'list' | 'write'> {
  return {
    get: (key) => withDatabase(name, (database) => read(database, key)),
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

const boundTo = (key: string): string => `session ${key}`

async function read(database: Database, key: string): Promise<StoredSession | undefined> {
  const { sessions, keys } = database
  const [row, bound] = await database.transaction('r', sessions, keys, async () => [
    await sessions.get(key),
    await keys.get(boundTo(key)),
  ])
  // Of a later version of this page, or gone.
  if (!row || row.v !== 1) return undefined
  const cipher = await keys.get('cipher')
  // The browser has thrown away one and not the other.
  if (!(cipher?.key instanceof CryptoKey)) return undefined
  const { bound: wasBound, ...session } = await parse(row, cipher.key)
  const whole = bound ? { ...session, keys: bound.key } : session
  if (!isStoredSession(whole) || whole.key !== key || whole.revision !== row.revision) {
    await discard(database, row)
    throw new DanceError(
      'storage-failed',
      'A stored session was damaged, and has been removed. Sign in again.',
    )
  }
  return wasBound === true && !bound ? undefined : whole
}

/** Empty where it is of another key, or was changed. */
async function parse(
  row: SessionRow,
  cipher: CryptoKey,
): Promise<Partial<StoredSession> & { readonly bound?: boolean }> {
  try {
    return Object(JSON.parse(await decrypt(cipher, row, row.key)))
  } catch {
    return {}
  }
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
