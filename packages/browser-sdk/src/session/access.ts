import type { ClientConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { DanceError, isDanceError } from '../errors.ts'
import { loadRefresh } from '../parts.ts'
import { isFresh } from '../refresh/expiry.ts'
import type { StoredSession } from '../storage/types.ts'
import type { AccessTokenOptions } from '../types.ts'
import { expired, expireSession, getSession } from './sessions.ts'

/**
 * A session whose token can be used now, refreshed if need be.
 *
 * @param margin how long it must live at least, in ms. @default its lead time
 * @throws DanceError `signed-out`, `session-expired`, or why it could not be refreshed
 */
export async function usableSession(
  context: Context,
  client: ClientConfig,
  account?: string,
  margin?: number,
): Promise<StoredSession> {
  const session = await getSession(context, client, account)
  const { tokens, key } = session
  if (isFresh(tokens, Date.now(), margin)) return session
  const alive = tokens.expiresAt === undefined || tokens.expiresAt > Date.now()
  if (tokens.refreshToken === undefined) {
    if (alive) return session
    await expireSession(context, client, session)
    throw expired(client.name)
  }
  try {
    const { refresh, refreshWait } = await loadRefresh()
    const wait = refreshWait(context, key)
    if (wait === 0) return await refresh(context, client, session)
    throw new DanceError(
      'provider-unavailable',
      `The session could not be refreshed. Try again in ${Math.ceil(wait / 1000)} s.`,
      { client: client.name, retryable: true },
    )
  } catch (error) {
    if (alive && isDanceError(error) && error.retryable) return session
    throw error
  }
}

/**
 * The access token itself.
 *
 * @throws DanceError `interaction-required` where scopes or life are more than can be had,
 *   `token-not-available` where the exchange has sealed it, or as `usableSession`
 */
export async function accessToken(
  context: Context,
  client: ClientConfig,
  account: string | undefined,
  { scopes = [], minValidity }: AccessTokenOptions,
): Promise<string> {
  const margin = minValidity === undefined ? undefined : minValidity * 1000
  const { tokens } = await usableSession(context, client, account, margin)
  const missing = scopes.filter((scope) => !tokens.scopes.includes(scope))
  const needed = (what: string): DanceError =>
    new DanceError(
      'interaction-required',
      `The session has no token ${what}. Call login("${client.name}") again.`,
      { client: client.name },
    )
  if (missing.length > 0) throw needed(`for ${missing.join(' ')}`)
  if (margin !== undefined && !isFresh(tokens, Date.now(), margin)) {
    throw needed(`that lives ${minValidity} s more`)
  }
  if (tokens.tokenType === 'Bearer') return tokens.accessToken
  throw new DanceError(
    'token-not-available',
    `This token is bound to a key of this browser. Use session("${client.name}").fetch.`,
    { client: client.name },
  )
}
