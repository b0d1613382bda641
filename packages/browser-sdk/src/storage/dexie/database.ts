import type { Dexie, Table } from 'dexie/dist/modern/dexie.min.mjs'
import { DanceError } from '../../errors.ts'
import { load } from '../../lazy.ts'
import type { Flow } from '../types.ts'

/** A session as it lies in the database: what is secret is encrypted. */
export interface SessionRow {
  readonly key: string
  readonly v: number
  readonly revision: string
  readonly iv: Uint8Array<ArrayBuffer>
  readonly data: ArrayBuffer
}

/** Keys have a table of their own without any index: some browsers lose indexed rows with keys. */
export interface KeyRow {
  readonly id: string
  readonly key: CryptoKey | CryptoKeyPair
}

export type FlowRow = Omit<Flow, 'keys'>

export type Database = Dexie & {
  sessions: Table<SessionRow, string>
  keys: Table<KeyRow, string>
  flows: Table<FlowRow, string>
}

const schema = 1
/** As the browser counts: Dexie's times ten. */
export const version: number = schema * 10
const opened = new Map<string, Promise<Database>>()

/**
 * The one connection of this page to a database. A database that another page holds on to, or that
 * the browser denies, does not open.
 *
 * @throws DanceError `storage-failed`
 */
export async function openDatabase(name: string): Promise<Database> {
  const found = opened.get(name) ?? connect(name)
  opened.set(name, found)
  return found
}

async function connect(name: string): Promise<Database> {
  let database: Database | undefined
  try {
    const { Dexie } = await load(() => import('./dexie.ts'))
    // On localhost it would print what fails, which we handle.
    Dexie.debug = false
    const made = new Dexie(name, { autoOpen: false }) as Database
    database = made
    made.version(schema).stores({ sessions: 'key', keys: 'id', flows: 'state' })
    made.on('versionchange', () => {
      // Another tab has a newer version of this site, or deletes the database. Dexie's own handler
      // would log that; and whoever needs the database next finds out which of the two it was.
      made.close({ disableAutoOpen: true })
      opened.delete(name)
      return false
    })
    await inTime(made.open())
    // Dexie opens a database of a later version as if it were this one's.
    if (made.backendDB().version > version) throw outdated()
    return made
  } catch (cause) {
    database?.close({ disableAutoOpen: true })
    // The next one tries again.
    opened.delete(name)
    throw failed(cause)
  }
}

/** Whether there is a connection of Dexie's, or about to be one. */
export const isConnected = (name: string): boolean => opened.has(name)

/** A browser may leave a request to its database without any answer. @param limit in ms */
export async function inTime<T>(work: PromiseLike<T>, limit = 5_000): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const end = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DOMException('no answer', 'TimeoutError')), limit)
  })
  try {
    return await Promise.race([work, end])
  } finally {
    clearTimeout(timer)
  }
}

const lost = ['UnknownError', 'InvalidStateError', 'DatabaseClosedError', 'TimeoutError']

/**
 * Works on the database. A connection that the browser has dropped is opened once more.
 *
 * @throws DanceError `storage-failed`, also where no answer comes
 */
export async function withDatabase<T>(
  name: string,
  work: (database: Database) => PromiseLike<T>,
): Promise<T> {
  const first = await openDatabase(name)
  try {
    return await inTime(work(first))
  } catch (cause) {
    if (!(cause instanceof Error) || !lost.includes(cause.name)) throw failed(cause)
    first.close({ disableAutoOpen: true })
    opened.delete(name)
  }
  const second = await openDatabase(name)
  try {
    return await inTime(work(second))
  } catch (cause) {
    throw failed(cause)
  }
}

const outdated = (): DanceError =>
  new DanceError('storage-failed', 'Another tab runs a newer version of this site. Reload.', {
    retryable: true,
  })

/** By the name of what a browser throws. */
const reasons: Readonly<Record<string, string>> = {
  QuotaExceededError: 'There is no room left to keep a session. Make room on this device.',
  DataCloneError: 'This browser keeps no keys. Use a current one.',
  TimeoutError: 'IndexedDB gives no answer. Close or reload other tabs of this site.',
}

function failed(cause: unknown): DanceError {
  if (cause instanceof DanceError) return cause
  const { name, inner } = Object(cause)
  const reason =
    reasons[Object(inner).name] ??
    reasons[name] ??
    'IndexedDB does not work here. Allow this site to keep data, and reload its tabs.'
  return new DanceError(
    'storage-failed',
    `${reason} Until then, sessions last as long as this page.`,
    { retryable: reason !== reasons['DataCloneError'], cause },
  )
}
