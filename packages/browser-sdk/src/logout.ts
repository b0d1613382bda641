import { hiddenError, revocationRequest } from '@spa-dance/providers/protocol'
import type { ClientConfig } from './config.ts'
import type { Context } from './context.ts'
import { resolveProvider, resolveServer } from './server/resolve.ts'
import { without } from './session/entries.ts'
import { readSession, sessionKeys } from './session/sessions.ts'
import { storeOf } from './storage/store.ts'
import type { StoredSession } from './storage/types.ts'
import { fetchText } from './token/fetch-text.ts'
import type { LogoutOptions, LogoutResult } from './types.ts'

type Ended = LogoutResult['sessions'][number]

/**
 * Signs out of one client: forgets first, here and in all tabs, and then gives the tokens back where
 * that ends them alone, or where it was asked for.
 *
 * @throws DanceError `storage-failed` where the sessions can't be found
 */
export async function logOut(
  context: Context,
  client: ClientConfig,
  { account, revoke }: LogoutOptions,
): Promise<readonly Ended[]> {
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
  const sessions = found.filter((session) => session !== undefined)
  return Promise.all(
    sessions.map(async (session) => ({
      client: client.name,
      account: session.account,
      revocation: await giveBack(client, session, revoke),
    })),
  )
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
