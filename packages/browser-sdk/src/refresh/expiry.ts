import type { StoredTokens } from '../storage/types.ts'

type Dated = Pick<StoredTokens, 'issuedAt' | 'expiresAt'>

/** How long before its end a token is renewed, in ms: a minute, or a tenth of a shorter life. */
export function leadTime({ issuedAt, expiresAt = Number.POSITIVE_INFINITY }: Dated): number {
  return Math.min(60_000, Math.max(0, expiresAt - issuedAt) / 10)
}

/** Whether a token lives at least so many ms more. @param margin by default its lead time */
export function isFresh(tokens: Dated, now: number, margin: number = leadTime(tokens)): boolean {
  // A clock set back since must not make a token live longer than it was given.
  if (now < tokens.issuedAt - 60_000) return tokens.expiresAt === undefined
  return tokens.expiresAt === undefined || tokens.expiresAt - now > margin
}
