import type { ClientConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { createKeyPair } from '../dpop/key.ts'
import { DanceError, isDanceError } from '../errors.ts'
import { assertCanDance } from '../login/can-dance.ts'
import { resolveServer } from '../server/resolve.ts'
import { restore } from '../session/restore.ts'
import { learnProfile } from '../session/profile.ts'
import { addSession, toSession } from '../session/sessions.ts'
import { storeOf } from '../storage/store.ts'
import type { Flow } from '../storage/types.ts'
import { requestTokens } from '../token/request.ts'
import { readAnswer, type Answer } from './answer.ts'
import { checkFlow, checkIssuer } from './checks.ts'
import { identify } from './identify.ts'
import type { Callback } from './recognise.ts'
import { refusalOf } from './refusal.ts'

/**
 * Ends the login whose answer this is: takes its flow, spends its code once, checks what comes
 * back, and keeps the session.
 *
 * @param place gets where the login began, as soon as that is known
 * @throws DanceError that says why nobody is signed in by this answer
 */
export async function finishLogin(
  context: Context,
  callback: Callback,
  place: { returnTo: string },
): Promise<void> {
  const { client } = callback
  assertCanDance(context.page, client.name)
  // A storage of this tab alone has to say first who else is signed in.
  if (!context.storage.shared) await restore(context)
  const answer = readAnswer(callback)
  const flow = await storeOf(context).flows.take(answer.state)
  if (flow) place.returnTo = flow.returnTo
  // Reloaded, or come back to: the login has ended, and well.
  else if (isSignedIn(context, client)) return
  await signIn(context, client, checkFlow(client, flow), answer)
}

const isSignedIn = ({ sessions }: Context, { name }: ClientConfig): boolean => {
  const entry = sessions.entries(name)?.[0]
  return entry !== undefined && !entry.expired
}

async function signIn(
  context: Context,
  client: ClientConfig,
  flow: Flow,
  answer: Answer,
): Promise<void> {
  const server = await resolveServer(client)
  checkIssuer(server, answer)
  if (answer.code === undefined) throw refusalOf(server, answer)
  const keys = flow.keys ?? (server.dpop ? await createKeyPair() : undefined)
  const grant = {
    type: 'authorization_code',
    code: answer.code,
    redirectUri: flow.redirectUri,
    codeVerifier: flow.verifier,
    asked: flow.scopes,
  } as const
  const result = await requestTokens(server, grant, keys)
  if (result.kind !== 'granted') throw result.error
  const { account = '', subject, profile } = await identify(server, flow, result)
  const scopes = result.tokens.scopes.length > 0 ? result.tokens.scopes : flow.scopes
  await askApp(context, client, { scopes, account })
  const session = toSession(client, {
    account,
    tokens: { ...result.tokens, scopes },
    ...(subject && { subject }),
    ...(profile && { profile }),
    ...(keys && { keys }),
  })
  await addSession(context, client, session)
  // Where nothing else says whose session it is. Otherwise the profile follows: see `restore`.
  if (account !== '') return
  await learnProfile(context, client, account).catch((error: unknown) => {
    // Without a profile the session is as good.
    if (isDanceError(error)) context.events.emit('error', { client: client.name, error })
  })
}

async function askApp(
  context: Context,
  client: ClientConfig,
  { scopes, account }: { scopes: readonly string[]; account: string },
): Promise<void> {
  try {
    await context.events.ask('authorized', {
      client: client.name,
      scopes,
      ...(account !== '' && { account }),
    })
  } catch (cause) {
    throw new DanceError('login-cancelled', 'The app did not take the session ("authorized").', {
      client: client.name,
      cause,
    })
  }
}
