import { isStoredSession } from '../records.ts'
import type { StoredSession } from '../types.ts'
import { decrypt } from './cipher.ts'
import type { KeyRow, SessionRow } from './database.ts'

/** The id of the key that a session is bound to. */
export const boundTo = (key: string): string => `session ${key}`

/** What lies in the database of one session. */
export interface Stored {
  readonly row: SessionRow | undefined
  readonly bound: KeyRow | undefined
  readonly cipher: KeyRow | undefined
}

/** Null where it is damaged. */
export async function toSession(
  key: string,
  { row, bound, cipher }: Stored,
): Promise<StoredSession | undefined | null> {
  // Of a later version of this page, or gone.
  if (!row || row.v !== 1) return undefined
  // The browser has thrown away one and not the other.
  if (!(cipher?.key instanceof CryptoKey)) return undefined
  const { bound: wasBound, ...session } = await parse(row, cipher.key)
  const whole = bound ? { ...session, keys: bound.key } : session
  if (!isStoredSession(whole) || whole.key !== key || whole.revision !== row.revision) return null
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
