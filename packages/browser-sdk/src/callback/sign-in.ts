import type { ClientConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { DanceError } from '../errors.ts'
import { loadDpop, loadUnusual } from '../parts.ts'
import { resolveServer } from '../server/resolve.ts'
import { addUnnamed } from '../session/profile.ts'
import { scopesAfter } from '../session/scopes.ts'
import { addSession, toSession } from '../session/sessions.ts'
import type { Flow } from '../storage/types.ts'
import { requestTokens } from '../token/request.ts'
import type { Answer } from './answer.ts'
import { checkFlow, checkIssuer, checkKind } from './checks.ts'
import { identify } from './identify.ts'

/**
 * Ends a login by the answer to it: spends its code once, checks what comes back, and keeps the
 * session.
 *
 * @param taken the flow, which nobody else can take any more
 * @throws DanceError that says why nobody is signed in by this answer
 */
export async function signIn(
  context: Context,
  client: ClientConfig,
  taken: Flow | undefined,
  answer: Answer,
): Promise<void> {
  const flow = checkFlow(client, taken)
  checkKind(client, flow, answer)
  const server = await resolveServer(client)
  checkIssuer(server, answer)
  if (answer.code === undefined) throw (await loadUnusual()).refusalOf(server, answer)
  const makeKeys = async (): Promise<CryptoKeyPair> => (await loadDpop()).createKeyPair()
  const keys = flow.keys ?? (server.dpop ? await makeKeys() : undefined)
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
  const before = context.sessions.entries(client.name)?.find((one) => one.account === account)
  const asked = flow.scopes.length > 0 ? flow.scopes : (result.scopes ?? [])
  const scopes = scopesAfter(before, asked, result.scopes)
  await askApp(context, client, { scopes, account })
  const session = toSession(client, {
    account,
    tokens: { ...result.tokens, scopes },
    ...(result.apiOrigin !== undefined && { apiOrigin: result.apiOrigin }),
    ...(asked.join() !== scopes.join() && { asked }),
    ...(server.speaks.openid?.endSessionUrl && result.idToken && { idToken: result.idToken }),
    ...(subject && { subject }),
    ...(profile && { profile }),
    ...(keys && { keys }),
  })
  // Where it is known whose session it is, the profile follows: see `restore`.
  await (account === '' ? addUnnamed : addSession)(context, client, session)
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
