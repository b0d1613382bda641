import type { OAuth2Provider, OpenId, Provider, ResolvedProvider } from '@spa-dance/providers'
import { isPlain } from '@spa-dance/providers/protocol'
import type { ClientConfig } from '../config.ts'
import { DanceError } from '../errors.ts'
import { load } from '../lazy.ts'
import { loadUnusual } from '../parts.ts'
import type { StoredSession } from '../storage/types.ts'

/** The authorization server that the page speaks to for a client, in the words of a declaration. */
export interface Server {
  readonly client: ClientConfig
  readonly speaks: OAuth2Provider
  /** What the `iss` of its answers has to be, where that is known. */
  readonly issuer?: string | undefined
  /** Whether each answer carries `iss` (RFC 9207). */
  readonly sendsIssuer: boolean
  /** Whether it binds tokens to a key of ours (RFC 9449). */
  readonly dpop: boolean
}

/**
 * The exchange, or the provider itself, of a client.
 *
 * @throws DanceError `network-failed`, `timeout`, `provider-unavailable`, `reply-unreadable` or
 *   `config-invalid` where an OpenID Provider's endpoints can't be found
 */
export async function resolveServer(client: ClientConfig): Promise<Server> {
  if (client.issuer !== undefined) {
    const speaks = exchangeOf(client, client.issuer)
    return { client, speaks, issuer: client.issuer, sendsIssuer: true, dpop: true }
  }
  const provider = await resolveProvider(client)
  if (provider.protocol === 'oauth1') throw new TypeError('OAuth 1.0a has no direct route')
  const declared = provider.authorization.iss
  return {
    client,
    speaks: provider,
    issuer: declared ?? provider.openid?.issuer,
    sendsIssuer: declared !== undefined,
    dpop: provider.token.dpop ?? false,
  }
}

/**
 * A client's declaration with all endpoints known, by discovery where it is an OpenID Provider's.
 *
 * @throws DanceError as `resolveServer`
 */
export async function resolveProvider({
  name,
  provider,
  route,
}: ClientConfig): Promise<ResolvedProvider> {
  if (provider.protocol === 'oidc') {
    const { discover } = await load(() => import('../parts/openid.ts'))
    return discover(provider, name)
  }
  const declared = provider.protocol === 'oauth2' ? { ...provider, route } : provider
  if (isPlain(declared)) return provider
  const { checkProvider } = await loadUnusual()
  const problems = checkProvider(declared)
  if (problems.length === 0) return provider
  throw new DanceError(
    'config-invalid',
    `The declaration of ${provider.id} can't work:\n- ${problems.join('\n- ')}`,
    { client: name },
  )
}

/** A declaration as it is for one person: with the origins that were learnt at their login. */
export async function providerFor(
  provider: ResolvedProvider,
  session: StoredSession,
): Promise<ResolvedProvider> {
  if (!('learnt' in provider)) return provider
  const { withLearnt } = await loadUnusual()
  return withLearnt(provider, session)
}

function exchangeOf({ provider }: ClientConfig, issuer: string): OAuth2Provider {
  const { accepts } = provider.authorization ?? {}
  const place = provider.protocol === 'oauth2' ? provider.learnt?.apiOrigin : undefined
  return {
    id: 'exchange',
    name: 'exchange',
    protocol: 'oauth2',
    route: 'exchange',
    // The exchange adds what the declaration always sends, and renames what the provider calls otherwise.
    authorization: { url: `${issuer}/authorize`, iss: issuer, ...(accepts && { accepts }) },
    token: { url: `${issuer}/token`, clientAuth: 'none', dpop: true },
    revocation: { url: `${issuer}/revoke`, ends: 'token' },
    api: { baseUrl: `${issuer}/api/`, cors: true },
    // Its word is checked like the provider's.
    ...(place && { learnt: { apiOrigin: { ...place, from: 'api_origin' } } }),
  }
}

/** What a provider's ID tokens have to say, or undefined where it gives none. */
export function idTokenOf(provider: Provider): Pick<OpenId, 'issuer' | 'claims'> | undefined {
  if (provider.protocol === 'oidc') return { issuer: provider.issuer }
  return provider.protocol === 'oauth2' ? provider.openid : undefined
}
