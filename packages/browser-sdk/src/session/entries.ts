import type { Entry } from '../snapshot.ts'
import type { StoredSession } from '../storage/types.ts'

/** What may be shown of a session. */
export function toEntry({ account, tokens, profile, asked }: StoredSession): Entry {
  return {
    account,
    ...(profile && { profile }),
    scopes: tokens.scopes,
    ...(asked && { asked }),
    ...(tokens.expiresAt !== undefined && { expiresAt: tokens.expiresAt }),
    refreshable: tokens.refreshToken !== undefined,
  }
}

/** The same accounts with one in front: the active one. */
export function inFront(entries: readonly Entry[], entry: Entry): Entry[] {
  return [entry, ...without(entries, entry.account)]
}

/** The same accounts with one replaced, in its place. */
export function replaced(entries: readonly Entry[], account: string, entry: Entry): Entry[] {
  const others = entries.filter(
    (other) => other.account !== entry.account || other.account === account,
  )
  return others.map((other) => (other.account === account ? entry : other))
}

export function without(entries: readonly Entry[], account: string): Entry[] {
  return entries.filter((other) => other.account !== account)
}

/** What is left to show of a session whose tokens are gone. */
export function toExpired(entry: Entry): Entry {
  const { expiresAt: _, ...rest } = entry
  return { ...rest, refreshable: false, expired: true }
}
