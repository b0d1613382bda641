import type { Profile } from '@spa-dance/providers'
import { readProfile } from '@spa-dance/providers/protocol'
import type { ClientConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { DanceError, isDanceError } from '../errors.ts'
import { locked } from '../refresh/lock.ts'
import { providerFor, resolveProvider } from '../server/resolve.ts'
import type { StoredSession } from '../storage/types.ts'
import { json } from './json.ts'
import { send } from './request.ts'
import { scopesAfter } from './scopes.ts'
import { addSession, getSession, readSession, replaceSession } from './sessions.ts'

/**
 * Asks the provider who this is, and keeps the answer with the session. Where nothing else has said
 * whose session it is, the profile's id does. A provider that can't be asked has said in its ID token
 * all that it says.
 *
 * @throws DanceError `reply-unreadable` where the provider's answer is none, or there is no such
 *   question; `id-token-invalid` where it is about someone else; else as `send` and `json`
 */
export async function fetchProfile(
  context: Context,
  client: ClientConfig,
  account?: string,
): Promise<Profile> {
  const provider = await resolveProvider(client)
  const known = await getSession(context, client, account)
  const { profile: request } = await providerFor(provider, known)
  if (!request) {
    if (known.profile) return known.profile
    throw new DanceError('reply-unreadable', `${provider.name} is not asked for profiles.`, {
      client: client.name,
    })
  }
  const response = await send(context, client, account, request.path, {
    method: request.method ?? 'GET',
    signal: AbortSignal.timeout(10_000),
    ...(request.json && {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(request.json),
    }),
  })
  const profile = readProfile(request, await json(client, response))
  if (!profile) {
    throw new DanceError('reply-unreadable', `${provider.name} gave no profile with an id.`, {
      client: client.name,
    })
  }
  const session = await getSession(context, client, account)
  // OpenID Connect Core 1.0 §5.3.2.
  if (
    client.provider.protocol === 'oidc' &&
    session.subject &&
    session.subject.sub !== profile.id
  ) {
    throw new DanceError('id-token-invalid', 'UserInfo is about someone else. Sign in again.', {
      client: client.name,
    })
  }
  if (JSON.stringify(session.profile) !== JSON.stringify(profile)) {
    await keepProfile(context, client, known, profile)
  }
  return profile
}

/** As `fetchProfile`, where the declaration says how to ask. Of all tabs that want to know, one asks. */
export function learnProfile(
  context: Context,
  client: ClientConfig,
  account: string,
): Promise<void> {
  return asking(client, account, () => learn(context, client, account))
}

/**
 * Keeps a session of which nothing says yet whose it is, and asks. No other tab asks before: this one
 * could not tell such a session, once it has a name, from one that is gone.
 */
export function addUnnamed(
  context: Context,
  client: ClientConfig,
  session: StoredSession,
): Promise<void> {
  const { account } = session
  return asking(client, account, async () => {
    await addSession(context, client, session)
    await learn(context, client, account).catch((error: unknown) => {
      // Without a profile the session is as good.
      if (isDanceError(error)) context.events.emit('error', { client: client.name, error })
    })
  })
}

const asking = (client: ClientConfig, account: string, task: () => Promise<void>): Promise<void> =>
  locked(`profile ${client.key}${account}`, client.name, task, { late: task })

async function learn(context: Context, client: ClientConfig, account: string): Promise<void> {
  const { profile } = await resolveProvider(client)
  if (!profile) return
  const session = await readSession(context, client.key + account, { fresh: true })
  if (session && !session.profile) await fetchProfile(context, client, account)
}

/** In turn with refreshes: theirs and this are changes of one record. */
function keepProfile(
  context: Context,
  client: ClientConfig,
  { key, revision }: StoredSession,
  profile: Profile,
): Promise<void> {
  return locked(key, client.name, async () => {
    const current = await readSession(context, key, { fresh: true })
    // A session without a name may be another person's by now.
    if (!current || (current.account === '' && current.revision !== revision)) return
    const named = current.account === '' ? asAccount(context, client, current, profile.id) : current
    await replaceSession(context, client, current, { ...named, profile })
  })
}

/** Whose session it is turns out after its login: what this account had before stays. */
function asAccount(
  context: Context,
  client: ClientConfig,
  session: StoredSession,
  account: string,
): StoredSession {
  const { tokens, asked = tokens.scopes } = session
  const before = context.sessions.entries(client.name)?.find((one) => one.account === account)
  const scopes = scopesAfter(before, asked, tokens.scopes)
  return { ...session, account, tokens: { ...tokens, scopes } }
}
