import type { Params } from '@spa-dance/providers'
import { authorizationParams, isSafeUrl } from '@spa-dance/providers/protocol'
import { OidcClient, type StateStore } from 'oidc-client-ts'
import { randomText } from '../crypto/text.ts'
import { DanceError } from '../errors.ts'
import type { Server } from '../server/resolve.ts'
import { idTokenOf } from '../token/id-token.ts'

/** What one login asks for. */
export interface LoginRequest {
  readonly scopes: readonly string[]
  readonly prompt?: string | undefined
  readonly loginHint?: string | undefined
  readonly params?: Params | undefined
  /** Of the key that the tokens are to be bound to (RFC 9449 §10). */
  readonly dpopJkt?: string | undefined
}

/** Where to send the person, and what only this browser may know. */
export interface AuthorizationRequest {
  readonly url: URL
  readonly state: string
  readonly verifier: string
  readonly nonce?: string
}

/** Keeps nothing: the flow is kept by us, with more in it, and is taken in one step. */
const noStore: StateStore = {
  set: async () => {},
  get: async () => null,
  remove: async () => null,
  getAllKeys: async () => [],
}

/**
 * Makes an authorization request with PKCE (RFC 6749 §4.1.1, RFC 7636 §4.3). What the protocol
 * guards is written last, so nothing declared or asked for can replace it.
 *
 * @throws DanceError `config-invalid` where the person would be sent to no safe URL
 */
export async function createAuthorizationRequest(
  server: Server,
  { scopes, dpopJkt, ...login }: LoginRequest,
): Promise<AuthorizationRequest> {
  const { client, speaks } = server
  const { clientId, redirectUri } = client
  const { authorization, token } = speaks
  const state = randomText()
  const nonce = idTokenOf(client.provider) === undefined ? undefined : randomText()
  const engine = new OidcClient({
    authority: server.issuer ?? authorization.url,
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: scopes.join(speaks.scopeSeparator?.request ?? ' ') || 'none',
    omitScopeWhenRequesting: scopes.length === 0,
    metadata: { authorization_endpoint: authorization.url, token_endpoint: token.url },
    stateStore: noStore,
  })
  const made = await engine.createSigninRequest({
    extraQueryParams: authorizationParams(speaks, login),
  })
  const url = new URL(made.url)
  const { code_verifier: verifier = '', code_challenge: challenge = '' } = made.state
  speaks.hooks?.authorization?.(url.searchParams)
  const guards: Record<string, string | undefined> = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    // The engine's own has 122 random bits.
    state,
    nonce,
    code_challenge: speaks.hooks?.challenge?.(challenge) ?? challenge,
    code_challenge_method: 'S256',
    dpop_jkt: dpopJkt,
  }
  for (const [name, value] of Object.entries(guards)) {
    url.searchParams.delete(name)
    if (value !== undefined) url.searchParams.set(name, value)
  }
  if (verifier.length < 43 || challenge.length !== 43 || !isSafeUrl(url)) {
    throw new DanceError('config-invalid', `Nobody can be sent to ${url.origin} to sign in.`, {
      client: client.name,
    })
  }
  return { url, state, verifier, ...(nonce !== undefined && { nonce }) }
}
