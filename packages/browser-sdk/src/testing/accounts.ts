import type { Entry } from '../snapshot.ts'
import type { TestAccount } from './types.ts'

/** Who comes back from a login, unless a test says otherwise. */
export const ada: TestAccount = { profile: { id: '1', name: 'Ada Lovelace' } }

export const accountOf = ({ account, profile }: TestAccount): string =>
  account ?? profile?.id ?? '1'

/** What may be shown of an account. */
export function toEntry(given: TestAccount): Entry {
  const { profile, scopes = [], expiresAt, expired } = given
  return {
    account: accountOf(given),
    scopes,
    refreshable: expired !== true,
    ...(profile && { profile }),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(expired && { expired }),
  }
}

/** What a test gives for a client, as a list. */
export function toAccounts(
  given: TestAccount | readonly TestAccount[] | null,
): readonly TestAccount[] {
  if (given === null) return []
  return 'length' in given ? given : [given]
}
