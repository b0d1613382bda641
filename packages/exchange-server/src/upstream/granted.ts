import type { Learnt } from '@spa-dance/providers/protocol'
import type { Access, Account } from '../seal/kinds.ts'

/** What a provider granted, whatever its protocol. */
export interface Granted {
  readonly access: Access
  /** Seconds. Absent: it does not expire, or the provider does not say. */
  readonly expiresIn?: number
  readonly refreshToken?: string
  readonly scopes: readonly string[]
  readonly account?: Account
  /** Validated. */
  readonly idToken?: string
  /** Where this person's data lies: by what is known now. */
  readonly learnt?: Learnt
}
