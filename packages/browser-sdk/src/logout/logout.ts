import { hiddenError, revocationRequest } from '@spa-dance/providers/protocol'
import type { ClientConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { endSessionUrl } from './end-session.ts'
import { resolveProvider, resolveServer } from '../server/resolve.ts'
import { without } from '../session/entries.ts'
import { readSession, sessionKeys } from '../session/sessions.ts'
import { storeOf } from '../storage/store.ts'
import type { StoredSession } from '../storage/types.ts'
import { fetchText } from '../token/fetch-text.ts'
import type { LogoutOptions, LogoutResult } from '../types.ts'

type Ended = LogoutResult['sessions'][number]

/**
 * Signs out: forgets first, here and in all tabs, and then gives the tokens back where that ends them
 * alone, or where it was asked for. Last, the page is left for the provider's own sign-out, if that
 * was asked for.
 *
 * @throws DanceError `storage-failed` where the sessions can't be found
 */
export async function logOut(
  context: Context,
  clients: readonly ClientConfig[],
  options: LogoutOptions,
): Promise<LogoutResult> {
  const all = await Promise.all(
    clients.map(async (client) => {
      const gone = await forget(context, client, options)
      return Promise.all(gone.map((session) => giveUp(context, client, session, options)))
    }),
  )
  const ended = all.flat()
  // A page can be left once.
  const first = ended.find(({ url }) => url !== undefined)
  if (first?.url !== undefined) context.page.leave(first.url)
  const provider = (one: Leaving): Ended['provider'] =>
    !options.provider ? 'skipped' : one === first ? 'asked' : 'impossible'
  return {
    sessions: ended.map((one) => ({ ...one.ended, provider: provider(one) })),
  }
}

/** One session that ended, and where its provider's sign-out is. */
interface Leaving {
  readonly ended: Omit<Ended, 'provider'>
  readonly url: string | undefined
}

async function giveUp(
  context: Context,
  client: ClientConfig,
  session: StoredSession,
  options: LogoutOptions,
): Promise<Leaving> {
  const [revocation, url] = await Promise.all([
    giveBack(client, session, options.revoke),
    // Signed out here, whatever becomes of it there.
    options.provider
      ? endSessionUrl(context, client, session, options).catch(() => undefined)
      : undefined,
  ])
  return { ended: { client: client.name, account: session.account, revocation }, url }
}

/** @returns what was kept, which nobody can read any more */
async function forget(
  context: Context,
  client: ClientConfig,
  { account }: LogoutOptions,
): Promise<StoredSession[]> {
  const store = storeOf(context)
  const keys = account === undefined ? await sessionKeys(context, client) : [client.key + account]
  const found = await Promise.all(
    keys.map((key) => readSession(context, key).catch(() => undefined)),
  )
  await store.write({ delete: keys })
  if (account === undefined) await store.flows.clear(client.name)
  context.live.drop(account === undefined ? client.key : client.key + account)

  const entries = context.sessions.entries(client.name) ?? []
  const gone = account === undefined ? entries : entries.filter((one) => one.account === account)
  context.publish(client, account === undefined ? [] : without(entries, account))
  context.sessions.setPassing(client.name, { error: undefined })
  for (const entry of gone) {
    context.events.emit('loggedOut', { client: client.name, account: entry.account })
  }
  return found.filter((session) => session !== undefined)
}

async function giveBack(
  client: ClientConfig,
  session: StoredSession,
  asked: boolean | undefined,
): Promise<Ended['revocation']> {
  const { revocation } = client.provider
  if (!revocation || !(asked ?? revocation.ends === 'token')) return 'skipped'
  try {
    const request = await requestFor(client, session)
    if (!request) return 'skipped'
    const { url, ...init } = request
    const options = { client: client.name, deadline: 3_000 }
    // The page may be left at once after a sign-out.
    const { status, text } = await fetchText(url, { ...init, keepalive: true }, options)
    if (status !== 200) return status === 204 ? 'done' : 'failed'
    // What is dead already needs no end.
    return hiddenError(client.provider.api ?? {}, text) === 'other' ? 'failed' : 'done'
  } catch {
    return 'failed'
  }
}

async function requestFor(
  client: ClientConfig,
  { tokens: { accessToken, tokenType, refreshToken } }: StoredSession,
): Promise<ReturnType<typeof revocationRequest>> {
  const { clientId } = client
  if (client.route === 'direct') {
    const provider = await resolveProvider(client)
    if (provider.protocol === 'oauth1') return undefined
    return revocationRequest(provider, { clientId }, { accessToken, refreshToken })
  }
  const { speaks } = await resolveServer(client)
  // A handle has all the exchange needs; the provider's own token only where it must be that one.
  const own = tokenType === 'Bearer' && client.provider.revocation?.takes === 'access_token'
  return revocationRequest(
    speaks,
    { clientId },
    own ? { accessToken } : { accessToken, refreshToken },
  )
}
