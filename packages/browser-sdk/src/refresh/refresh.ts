import type { ClientConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { isDanceError, type DanceError, type DanceErrorCode } from '../errors.ts'
import { resolveServer, type Server } from '../server/resolve.ts'
import { without } from '../session/entries.ts'
import { expired, expireSession, readSession } from '../session/sessions.ts'
import type { StoredSession, StoredTokens } from '../storage/types.ts'
import { requestTokens, type TokenResult } from '../token/request.ts'
import { keepRefreshed } from './keep.ts'
import { locked } from './lock.ts'
import { refreshingOf, tellLockless } from './refreshing.ts'

/** What the status says by itself. */
const ended: readonly DanceErrorCode[] = ['session-expired', 'signed-out']

/**
 * A session with other tokens than these: those that someone else got meanwhile, or new ones. All
 * callers of this tab share one request, and all tabs take turns.
 *
 * @throws DanceError `session-expired` if the grant is gone; else why it failed, and the session
 *   is as before
 */
export function refresh(
  context: Context,
  client: ClientConfig,
  stale: StoredSession,
): Promise<StoredSession> {
  const { running, backOff } = refreshingOf(context)
  const { key } = stale
  const shared = running.get(key)
  if (shared) return shared
  const started = locked(key, client.name, () => refreshAlone(context, client, stale), {
    late: (error) => othersResult(context, client, stale, error),
    lockless: () => tellLockless(context),
  })
    .then(
      (session) => {
        backOff.succeeded(key)
        context.sessions.setPassing(client.name, { error: undefined })
        return session
      },
      (error: unknown) => {
        if (isDanceError(error) && !ended.includes(error.code)) context.report(error, client.name)
        throw error
      },
    )
    .finally(() => running.delete(key))
  running.set(key, started)
  return started
}

async function refreshAlone(
  context: Context,
  client: ClientConfig,
  stale: StoredSession,
): Promise<StoredSession> {
  const current = await readSession(context, stale.key, { fresh: true })
  if (!current) throw gone(context, client, stale)
  if (!isSameToken(current.tokens, stale.tokens)) return current
  const { refreshToken } = current.tokens
  if (refreshToken === undefined) {
    await expireSession(context, client, current)
    throw expired(client.name)
  }
  const result = await ask(context, client, current, refreshToken)
  if (result.kind === 'dead') {
    await expireSession(context, client, current)
    throw expired(client.name)
  }
  if (result.kind === 'failed') {
    refreshingOf(context).backOff.failed(current.key, result.retryAfter)
    throw result.error
  }
  return keepRefreshed(context, client, current, result)
}

/** Whoever holds the lock may have got new tokens all the same. A late one never asks by itself. */
async function othersResult(
  context: Context,
  client: ClientConfig,
  stale: StoredSession,
  error: DanceError,
): Promise<StoredSession> {
  const current = await readSession(context, stale.key, { fresh: true })
  if (!current) throw gone(context, client, stale)
  if (!isSameToken(current.tokens, stale.tokens)) return current
  refreshingOf(context).backOff.failed(stale.key)
  throw error
}

/** Signed out in another tab, which tells all by itself; or cleared by the browser, which tells nobody. */
function gone(context: Context, client: ClientConfig, { account }: StoredSession): DanceError {
  const { sessions, events } = context
  const entries = sessions.entries(client.name) ?? []
  if (entries.some((entry) => entry.account === account && !entry.expired)) {
    sessions.setEntries(client.name, without(entries, account), { keep: false })
    events.emit('expired', { client: client.name, account })
  }
  return expired(client.name)
}

const isSameToken = (a: StoredTokens, b: StoredTokens): boolean =>
  a.accessToken === b.accessToken && a.issuedAt === b.issuedAt

/** Asks once; and once more, if whether the server got the first is unknown (same handle, same key). */
async function ask(
  context: Context,
  client: ClientConfig,
  { key, keys, tokens }: StoredSession,
  refreshToken: string,
): Promise<TokenResult> {
  let server: Server | undefined
  const attempt = async (): Promise<TokenResult> => {
    server ??= await resolveServer(client)
    const { redirectUri } = client
    const asked = tokens.scopes
    const grant = { type: 'refresh_token', refreshToken, redirectUri, asked } as const
    return requestTokens(server, grant, keys)
  }
  try {
    return await attempt().catch(async (error: unknown) => {
      if (!inDoubt(error)) throw error
      await new Promise((resolve) => setTimeout(resolve, 500 + Math.random() * 1000))
      return attempt()
    })
  } catch (error) {
    refreshingOf(context).backOff.failed(key)
    throw error
  }
}

/** Offline, nothing was sent. */
const inDoubt = (error: unknown): boolean =>
  navigator.onLine &&
  isDanceError(error) &&
  (error.code === 'network-failed' || error.code === 'timeout')
