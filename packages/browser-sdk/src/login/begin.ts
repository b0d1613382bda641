import { safeReturnTo } from '../callback/return-to.ts'
import type { ClientConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { DanceError } from '../errors.ts'
import { loadDpop } from '../parts.ts'
import { resolveServer } from '../server/resolve.ts'
import { scopesToAsk } from '../session/scopes.ts'
import { storeOf } from '../storage/store.ts'
import type { LoginOptions } from '../types.ts'
import { createAuthorizationRequest } from './authorization-request.ts'

/** Where to send the person, and under which `state` the answer comes. */
export interface BegunLogin {
  readonly url: string
  readonly state: string
}

/**
 * Begins a login: makes its request, and keeps its flow.
 *
 * @param inPopup whether a popup is to end it
 * @throws DanceError `login-cancelled` where the app does not want it, `storage-failed`,
 *   `config-invalid`, or as `resolveServer`
 */
export async function beginLogin(
  context: Context,
  client: ClientConfig,
  given: LoginOptions,
  inPopup = false,
): Promise<BegunLogin> {
  const { page, config } = context
  const options = await askApp(context, client, { ...given })
  const server = await resolveServer(client)
  const { flows } = storeOf(context)
  // The key must outlive this page, which only a storage for flows of its own can promise.
  const bound = server.dpop && context.storage.flows ? await makeKeys() : undefined
  const accounts = context.sessions.entries(client.name) ?? []
  const scopes = scopesToAsk(accounts, client.scopes, options)
  const { profile } = accounts.find(({ account }) => account === options.account) ?? {}
  const { url, state, verifier, nonce } = await createAuthorizationRequest(server, {
    ...options,
    scopes,
    loginHint: options.loginHint ?? profile?.email,
    dpopJkt: bound?.thumbprint,
  })
  const here = new URL(page.href())
  const from = options.returnTo ?? here.pathname + here.search + here.hash
  const keptKey = await flows.put({
    v: 1,
    state,
    client: client.name,
    context: client.context,
    redirectUri: client.redirectUri,
    verifier,
    ...(nonce !== undefined && { nonce }),
    scopes,
    returnTo: safeReturnTo(from, page.origin, config.home),
    ...(inPopup && { popup: true }),
    created: Date.now(),
    ...(bound && { keys: bound.keys }),
  })
  if (!keptKey) url.searchParams.delete('dpop_jkt')
  return { url: url.href, state }
}

async function makeKeys(): Promise<{ keys: CryptoKeyPair; thumbprint: string }> {
  const { createKeyPair, thumbprint } = await loadDpop()
  const keys = await createKeyPair()
  return { keys, thumbprint: await thumbprint(keys) }
}

async function askApp(
  context: Context,
  client: ClientConfig,
  options: LoginOptions,
): Promise<LoginOptions> {
  try {
    await context.events.ask('beforeLogin', { client: client.name, options })
    return options
  } catch (cause) {
    throw new DanceError('login-cancelled', 'The app stopped the login ("beforeLogin").', {
      client: client.name,
      cause,
    })
  }
}
