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
  const session = await parse(row, cipher.key)
  const whole = bound ? { ...session, keys: bound.key } : session
  if (!isStoredSession(whole) || whole.key !== key || whole.revision !== row.revision) {
    throw unreadable()
  }
  if (whole.tokens.tokenType === 'DPoP' && !whole.keys) return undefined
  return whole
}

async function parse(row: SessionRow, cipher: CryptoKey): Promise<object> {
  try {
    return Object(JSON.parse(await decrypt(cipher, row, row.key)))
  } catch (cause) {
    throw unreadable(cause)
  }
}

const unreadable = (cause?: unknown): DanceError =>
  new DanceError('storage-failed', 'A stored session is damaged. Sign in again.', { cause })

async function toRows(
  database: Database,
  sessions: readonly StoredSession[],
): Promise<SessionRow[]> {
  const cipher = await cipherKey(database)
  return Promise.all(
    sessions.map(async ({ keys: _keys, ...session }) => {
      const { key, v, revision } = session
      const encrypted = await encrypt(cipher, JSON.stringify(session), key)
      return { key, v, revision, ...encrypted }
    }),
  )
}
