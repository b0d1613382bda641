import type { Profile } from '@spa-dance/providers'
import type { DanceError } from './errors.ts'

/**
 * `loading` until storage is read; `expired`: there is a session, but its tokens can't be used or
 * refreshed any more, so only a login helps.
 */
export type Status = 'loading' | 'signed-out' | 'signing-in' | 'signed-in' | 'expired'

/** What may be shown of one account of a client: never a token. */
export interface AccountState {
  /** The provider's id for the person, or `''` where it gives none. */
  readonly account: string
  readonly profile?: Profile
  readonly scopes: readonly string[]
  /** What its login asked for, where the provider calls that otherwise. */
  readonly asked?: readonly string[]
  /** When the access token ends, in ms since 1970. Absent where it does not expire. */
  readonly expiresAt?: number
  /** Whether the session renews itself without the person. */
  readonly refreshable: boolean
  /** Its tokens are gone for good; only a login helps. */
  readonly expired?: true
}

/** What may be shown of a client: never a token. The same object as long as nothing changed. */
export interface SessionState {
  readonly status: Status
  /** Whose session it is: the provider's id for the person, or `''` where it gives none. */
  readonly account?: string
  readonly profile?: Profile
  readonly scopes: readonly string[]
  /** When the access token ends, in ms since 1970. Absent where it does not expire. */
  readonly expiresAt?: number
  /** Whether the session renews itself without the person. */
  readonly refreshable: boolean
  /** All that are signed in, the active one first. */
  readonly accounts: readonly AccountState[]
  /** Of the latest login or refresh; gone with the next success. */
  readonly error?: DanceError
}

/** The observable state, one member per client. */
export interface DanceState<Name extends string = string> {
  readonly sessions: Readonly<Record<Name, SessionState>>
}
