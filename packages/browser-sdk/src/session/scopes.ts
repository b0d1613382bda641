import type { AccountState, LoginOptions } from '../types.ts'

type Known = Pick<AccountState, 'account' | 'scopes' | 'asked'>

/**
 * What a login asks for. One that names scopes, or the account that it is for, keeps what that
 * account has; one that lets the person choose an account does not.
 *
 * @param own the client's
 */
export function scopesToAsk(
  accounts: readonly Known[],
  own: readonly string[],
  { account, scopes, prompt }: LoginOptions,
): readonly string[] {
  const isFor =
    account !== undefined || (scopes !== undefined && !/select_account/.test(prompt ?? ''))
  const known = isFor && accounts.find((one) => account === undefined || one.account === account)
  return [...new Set([...(known ? had(known) : []), ...(scopes ?? own)])]
}

/**
 * What a session has after a login. A provider that was asked for old and new scopes, and names none
 * of the old, has named the new ones only.
 *
 * @param before the same account's, if it was signed in
 * @param granted undefined where the reply does not say (RFC 6749 §5.1: then it is what was asked for)
 */
export function scopesAfter(
  before: Known | undefined,
  asked: readonly string[],
  granted: readonly string[] | undefined,
): readonly string[] {
  if (!granted) return asked
  // Who has unticked everything has granted nothing.
  if (granted.length === 0) return granted
  if (!before || !had(before).every((scope) => asked.includes(scope))) return granted
  return granted.some((scope) => before.scopes.includes(scope))
    ? granted
    : [...before.scopes, ...granted]
}

/** As they were asked for: a provider may call them otherwise, and does not know its own names. */
const had = ({ asked, scopes }: Known): readonly string[] => asked ?? scopes
