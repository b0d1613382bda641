import type { ClientConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { DanceError, isDanceError } from '../errors.ts'
import type { Entry } from '../snapshot.ts'
import type { StoredSession } from '../storage/types.ts'
import { toEntry } from './entries.ts'
import { learnProfile } from './profile.ts'
import { readSession, sessionKeys } from './sessions.ts'
import { keepFreshSoon } from '../refresh/soon.ts'

/**
 * Reads the sessions that are there, and corrects what is shown where the storage says otherwise.
 * A storage that fails is reported; then nobody is signed in for now. Never rejects.
 */
export async function restore(context: Context): Promise<void> {
  const clients = [...context.config.clients.values()]
  await Promise.all(clients.map((client) => restoreClient(context, client)))
  keepFreshSoon(context)
  for (const client of clients) learnMissing(context, client)
}

/** A login's page may have been left before the provider had said who it is. */
function learnMissing(context: Context, client: ClientConfig): void {
  for (const { account, profile, expired } of context.sessions.entries(client.name) ?? []) {
    // Nothing depends on it, and it is tried again with the next page.
    if (!profile && !expired) void learnProfile(context, client, account).catch(() => undefined)
  }
}

async function restoreClient(context: Context, client: ClientConfig): Promise<void> {
  const shown = context.sessions.entries(client.name)
  if (shown?.every(({ expired }) => expired)) return
  try {
    const entries = shown
      ? await Promise.all(shown.map((entry) => correct(context, client, entry)))
      : await findAll(context, client)
    const known = entries.filter((entry) => entry !== undefined)
    const found = [...new Map(known.map((entry) => [entry.account, entry])).values()]
    // Someone signed in or out meanwhile, and knows better.
    if (context.sessions.entries(client.name) !== shown) return
    if (JSON.stringify(found) !== JSON.stringify(shown)) {
      context.sessions.setEntries(client.name, found)
    }
  } catch (error) {
    if (isDanceError(error)) context.report(error, client.name)
    context.sessions.setEntries(client.name, [], { keep: false })
  }
}

async function correct(
  context: Context,
  client: ClientConfig,
  entry: Entry,
): Promise<Entry | undefined> {
  if (entry.expired) return entry
  const session = await readWhole(context, client, client.key + entry.account)
  if (session) return toEntry(session)
  // Another tab has learnt meanwhile whose it is, and is about to tell.
  const [named] = entry.account === '' ? await findAll(context, client) : []
  if (named) return named
  // Not where another tab has just signed out.
  if (session === undefined && context.sessions.entries(client.name)?.includes(entry) === true) {
    const message = 'A session is gone: its data was cleared from this browser. Sign in again.'
    const error = new DanceError('storage-failed', message, { client: client.name })
    context.report(error, client.name)
  }
  return undefined
}

/** Null where what is stored was of no use, which is reported: other accounts may be well. */
async function readWhole(
  context: Context,
  client: ClientConfig,
  key: string,
): Promise<StoredSession | null | undefined> {
  try {
    return await readSession(context, key)
  } catch (error) {
    if (!isDanceError(error) || error.retryable) throw error
    context.report(error, client.name)
    return null
  }
}

async function findAll(context: Context, client: ClientConfig): Promise<Entry[]> {
  const keys = await sessionKeys(context, client)
  const mine = keys.filter((key) => key.startsWith(client.key))
  const found = await Promise.all(mine.map((key) => readWhole(context, client, key)))
  const sessions = found.filter((session) => session !== undefined && session !== null)
  return sessions.toSorted((a, b) => b.tokens.issuedAt - a.tokens.issuedAt).map(toEntry)
}
