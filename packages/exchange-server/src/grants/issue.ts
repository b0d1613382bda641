import type { OAuth1Provider, OAuth2Provider } from '@spa-dance/providers'
import type { ClientConfig } from '../config/types.ts'
import { OAuthError } from '../errors.ts'
import type { Exchange } from '../exchange.ts'
import { json, type Reply } from '../reply.ts'
import type { Handle } from '../seal/kinds.ts'
import { now } from '../seal/seal.ts'
import type { Granted } from '../upstream/granted.ts'

/** What a token reply is made of. */
export interface Issue {
  readonly app: string
  readonly client: ClientConfig
  readonly provider: OAuth1Provider | OAuth2Provider
  readonly granted: Granted
  /** Of the key that proved itself, if one did. */
  readonly jkt: string | undefined
  /** At a refresh: what is carried over. */
  readonly previous?: Handle
}

/** The longest life of a provider's own token in a page, in seconds. */
const bearerLimit = 86_400
/** The longest life of a sealed token, in seconds. */
const sealedLimit = 3600

/** Whether every access token of this client is sealed, whatever its life. */
export function alwaysSealed(
  client: ClientConfig,
  provider: Pick<OAuth1Provider | OAuth2Provider, 'api'>,
): boolean {
  return client.kind === 'oauth1' || client.relay || !provider.api.cors
}

/** 400: what is sealed is bound to a key, so a key has to be shown. */
export function proofWanted(): OAuthError {
  return new OAuthError(
    400,
    'invalid_dpop_proof',
    'This token is bound to a key: send a DPoP proof (RFC 9449).',
  )
}

/**
 * Makes the token reply (RFC 6749 §5.1).
 *
 * @throws OAuthError `invalid_dpop_proof` where the token has to be sealed and no key was shown
 */
export async function issue(exchange: Exchange, parts: Issue): Promise<Reply> {
  const { client, granted, jkt, previous } = parts
  const { expiresIn = Number.POSITIVE_INFINITY } = granted
  const sealed =
    alwaysSealed(client, parts.provider) ||
    (client.kind === 'oauth2' && !client.bearer && expiresIn > bearerLimit)
  if (sealed && jkt === undefined) throw proofWanted()

  const account = granted.account ?? previous?.account
  const token = sealed ? await sealToken(exchange, parts, expiresIn) : ownToken(granted)
  const handle = await makeHandle(exchange, parts, sealed)
  const { apiOrigin } = granted.learnt ?? {}
  const reply = {
    ...token,
    scope: granted.scopes.filter((scope) => scope !== 'openid').join(' '),
    ...(handle !== undefined && { refresh_token: handle }),
    ...(granted.idToken !== undefined && { provider_id_token: granted.idToken }),
    ...(account && { account }),
    ...(apiOrigin !== undefined && { api_origin: apiOrigin }),
  }
  const headers = jkt === undefined ? {} : { 'DPoP-Nonce': await exchange.nonces.current() }
  const type = previous ? 'token-refreshed' : 'token-issued'
  return { ...json(200, reply, headers), done: { type, app: parts.app } }
}

function ownToken({ access, expiresIn }: Granted): Record<string, unknown> {
  if (!('bearer' in access)) throw new TypeError('[dance-exchange] OAuth 1.0a has no bearer token.')
  return {
    access_token: access.bearer,
    token_type: 'Bearer',
    ...(expiresIn !== undefined && { expires_in: expiresIn }),
  }
}

async function sealToken(
  { sealer }: Exchange,
  { app, client, jkt = '', granted }: Issue,
  expiresIn: number,
): Promise<Record<string, unknown>> {
  // A minute before the provider's own end; of a shorter life, half.
  const life = Math.min(sealedLimit, Math.max(expiresIn - 60, Math.floor(expiresIn / 2)))
  const { access, learnt } = granted
  const token = { app, client: client.name, jkt, access, ...(learnt && { learnt }) }
  return {
    access_token: await sealer.seal('token', token, now() + life),
    token_type: 'DPoP',
    expires_in: life,
  }
}

async function makeHandle(
  { sealer, config }: Exchange,
  { app, client, provider, granted, jkt, previous }: Issue,
  sealed: boolean,
): Promise<string | undefined> {
  const refreshToken = granted.refreshToken ?? previous?.refreshToken
  if (jkt === undefined || (refreshToken === undefined && !sealed)) return undefined
  const since = previous?.since ?? now()
  const account = granted.account ?? previous?.account
  const keepsAccess = refreshToken === undefined || provider.revocation?.takes === 'access_token'
  const accessUntil =
    granted.expiresIn === undefined ? undefined : now() + Math.floor(granted.expiresIn)
  const handle: Handle = {
    app,
    client: client.name,
    jkt,
    since,
    scopes: previous?.scopes ?? granted.scopes,
    ...(account && { account }),
    ...(refreshToken !== undefined && { refreshToken }),
    ...(keepsAccess && { access: granted.access }),
    ...(keepsAccess && accessUntil !== undefined && { accessUntil }),
    ...(granted.learnt && { learnt: granted.learnt }),
  }
  const ends = [now() + config.idleLifetime, since + config.absoluteLifetime]
  if (refreshToken === undefined && accessUntil !== undefined) ends.push(accessUntil)
  return sealer.seal('handle', handle, Math.min(...ends))
}
