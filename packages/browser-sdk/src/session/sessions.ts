import type { ClientConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { randomText } from '../crypto/text.ts'
import { DanceError } from '../errors.ts'
import { storeOf } from '../storage/store.ts'
import type { StoredSession } from '../storage/types.ts'
import { inFront, replaced, toEntry, toExpired } from './entries.ts'

/** A session without what a write adds. */
export type Draft = Omit<StoredSession, 'v' | 'key' | 'revision' | 'client' | 'context'>

/** A session as it is written: with its key, and a revision of its own. */
export function toSession(client: ClientConfig, draft: Draft): StoredSession {
  return {
    ...draft,
    v: 1,
    key: client.key + draft.account,
    revision: randomText(),
    client: client.name,
    context: client.context,
  }
}

/**
 * The session of an account, or of the active one.
 *
 * @throws DanceError `signed-out` or `session-expired`, or `storage-failed`
 */
export async function getSession(
  context: Context,
  client: ClientConfig,
  account?: string,
): Promise<StoredSession> {
  const entries = context.sessions.entries(client.name) ?? []
  const entry = entries.find((one) => account === undefined || one.account === account)
  if (entry?.expired) throw expired(client.name)
  const session = entry && (await readSession(context, client.key + entry.account))
  if (session) return session
  throw signedOut(client.name)
}

/** A session from memory, else from storage. `fresh` asks the storage in any case. */
export async function readSession(
  context: Context,
  key: string,
  { fresh = false }: { fresh?: boolean } = {},
): Promise<StoredSession | undefined> {
  const known = fresh ? undefined : context.live.get(key)
  if (known) return known
  const generation = context.live.generation()
  const session = await storeOf(context).get(key)
  // Signed out meanwhile: what was read is of yesterday.
  if (session && generation === context.live.generation()) context.live.set(session)
  return session
}

/** Keeps a new session, which becomes its client's active one. */
export async function addSession(
  context: Context,
  client: ClientConfig,
  session: StoredSession,
): Promise<void> {
  await storeOf(context).write({ put: [session] })
  context.live.set(session)
  const entries = context.sessions.entries(client.name) ?? []
  context.publish(client, inFront(entries, toEntry(session)))
}

/**
 * Puts a session in the place of an earlier revision of it, whose account may have had no name yet.
 *
 * @returns undefined where that is not there any more: someone signed out, or was faster
 */
export async function replaceSession(
  context: Context,
  client: ClientConfig,
  before: StoredSession,
  draft: Draft,
): Promise<StoredSession | undefined> {
  const session = toSession(client, draft)
  const moved = before.key !== session.key
  const done = await storeOf(context).write({
    put: [session],
    ...(moved && { delete: [before.key] }),
    onlyIf: { key: before.key, revision: before.revision },
  })
  if (!done) {
    context.live.drop(before.key)
    return undefined
  }
  if (moved) context.live.drop(before.key)
  context.live.set(session)
  const entries = context.sessions.entries(client.name) ?? []
  context.publish(client, replaced(entries, before.account, toEntry(session)))
  return session
}

/** Ends a session whose tokens are of no use any more. Its profile stays to be seen. */
export async function expireSession(
  context: Context,
  client: ClientConfig,
  session: StoredSession,
): Promise<void> {
  const { key, revision, account } = session
  const done = await storeOf(context).write({ delete: [key], onlyIf: { key, revision } })
  context.live.drop(key)
  if (!done) return
  const entries = context.sessions.entries(client.name) ?? []
  context.publish(
    client,
    entries.map((entry) => (entry.account === account ? toExpired(entry) : entry)),
  )
  context.events.emit('expired', { client: client.name, account })
}

/** The keys of all sessions of a client, also of those that nothing shows. */
export function sessionKeys(context: Context, client: ClientConfig): Promise<readonly string[]> {
  return storeOf(context).list(client.key)
}

export function signedOut(client: string): DanceError {
  return new DanceError('signed-out', `Nobody is signed in. Call login("${client}") first.`, {
    client,
  })
}

export function expired(client: string): DanceError {
  return new DanceError(
    'session-expired',
    `The session has ended. Call login("${client}") again.`,
    {
      client,
    },
  )
}
