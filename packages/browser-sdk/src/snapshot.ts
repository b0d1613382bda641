import type { AccountState } from './types.ts'

/** What may be shown of one account of a client: never a token. */
export type Entry = AccountState

/** Keeps the entries of each client, the active one first, for the first render of a page. */
export interface Snapshot {
  /** Undefined where it can't be known whether there are any. */
  read(key: string): readonly Entry[] | undefined
  write(key: string, entries: readonly Entry[]): void
}

const prefix = 'spa-dance:'

/** In localStorage. Where that is denied, nothing is known, and nothing fails. */
export function localSnapshot(): Snapshot {
  return {
    read: (key) => {
      try {
        const text = localStorage.getItem(prefix + key)
        return text === null ? [] : readEntries(JSON.parse(text))
      } catch {
        return undefined
      }
    },
    write: (key, entries) => {
      try {
        if (entries.length === 0) localStorage.removeItem(prefix + key)
        else localStorage.setItem(prefix + key, JSON.stringify({ v: 1, entries }))
      } catch {
        // Denied or full: the next page waits for the database instead.
      }
    },
  }
}

/** The usable entries of a foreign value, or undefined where it is none of ours. */
export function readEntries(value: unknown): readonly Entry[] | undefined {
  const { v, entries } = Object(value)
  return v === 1 && Array.isArray(entries) ? entries.filter(isEntry) : undefined
}

function isEntry(value: unknown): value is Entry {
  const { account, profile, scopes, asked, expiresAt, expired } = Object(value)
  return (
    typeof account === 'string' &&
    [scopes, asked ?? []].every(Array.isArray) &&
    (profile === undefined || typeof Object(profile).id === 'string') &&
    ['undefined', 'number'].includes(typeof expiresAt) &&
    (expired === undefined || expired === true)
  )
}
