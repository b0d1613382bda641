import type { AppConfig } from '../config/types.ts'
import { checkProof } from '../dpop/proof.ts'
import { OAuthError, invalidGrant, invalidRequest } from '../errors.ts'
import type { Call, Exchange } from '../exchange.ts'
import type { ParamMap } from '../guards/params.ts'
import type { Reply } from '../reply.ts'
import type { Handle } from '../seal/kinds.ts'
import { now } from '../seal/seal.ts'
import type { Granted } from '../upstream/granted.ts'
import { askForTokens } from '../upstream/oauth2.ts'
import { issue, proofWanted } from './issue.ts'
import { once, retryWindow } from './once.ts'

/** Renews the access token by a handle (RFC 6749 §6), and the handle with it. */
export async function refresh(
  exchange: Exchange,
  call: Call,
  app: AppConfig,
  params: ParamMap,
): Promise<Reply> {
  const { request, client } = call
  const sealed = params.get('refresh_token')
  if (sealed === undefined) throw invalidRequest('refresh_token is missing.')
  const proof = request.headers.get('dpop')
  if (proof === null) throw proofWanted()
  const jkt = await checkProof(exchange, proof, {
    method: 'POST',
    url: `${client.issuer}/token`,
    nonce: 'always',
    status: 400,
  })
  const handle = await exchange.sealer.open('handle', sealed)
  if (
    !handle ||
    handle.app !== app.name ||
    handle.client !== client.name ||
    handle.jkt !== jkt ||
    handle.since + exchange.config.absoluteLifetime <= now()
  ) {
    throw invalidGrant()
  }
  const scopes = narrowed(handle, params.get('scope'))
  const provider = client.kind === 'oauth1' ? client.provider : await exchange.resolve(client)
  const granted =
    handle.refreshToken === undefined
      ? renewed(handle)
      : await refreshUpstream(exchange, call, handle, sealed, scopes)
  return issue(exchange, { app: app.name, client, provider, granted, jkt, previous: handle })
}

/** RFC 6749 §6: fewer scopes than were granted, never more. */
function narrowed(handle: Handle, scope: string | undefined): readonly string[] | undefined {
  if (scope === undefined) return undefined
  const scopes = scope.split(' ').filter((name) => name !== '')
  if (scopes.every((name) => handle.scopes.includes(name))) return scopes
  throw new OAuthError(400, 'invalid_scope', 'A refresh can only narrow the scopes.')
}

/** A token that needs no provider to be renewed: it still lives, or never ends. */
function renewed({ access, accessUntil, scopes, learnt }: Handle): Granted {
  const expiresIn = accessUntil === undefined ? undefined : accessUntil - now()
  if (!access || (expiresIn !== undefined && expiresIn <= 0)) throw invalidGrant()
  return {
    access,
    scopes,
    ...(expiresIn !== undefined && { expiresIn }),
    ...(learnt && { learnt }),
  }
}

async function refreshUpstream(
  exchange: Exchange,
  { client }: Call,
  { refreshToken, scopes: granted, account, jkt, learnt }: Handle,
  sealed: string,
  narrow: readonly string[] | undefined,
): Promise<Granted> {
  if (client.kind !== 'oauth2' || refreshToken === undefined) throw invalidGrant()
  const scopes = narrow ?? granted
  const credential = `${sealed} ${narrow?.join(' ') ?? ''}`
  // A second use may end the whole grant, and the page keeps what it has after a 503.
  const question = { credential, jkt, seconds: retryWindow, strict: true }
  const answer = await once(exchange, question, async () => {
    const provider = await exchange.resolve(client)
    const grant = {
      type: 'refresh_token',
      refreshToken,
      redirectUri: client.callbackUri,
      asked: granted,
      ...(narrow && { scopes: narrow }),
    } as const
    return askForTokens(exchange, client, provider, grant, { scopes, account, learnt })
  })
  const { expiresIn } = answer.granted
  return expiresIn === undefined
    ? answer.granted
    : { ...answer.granted, expiresIn: Math.max(expiresIn - answer.age, 0) }
}
