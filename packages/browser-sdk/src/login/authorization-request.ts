import { authorizationUrl, isSafeUrl, type LoginParams } from '@spa-dance/providers/protocol'
import { SigninState } from 'oidc-client-ts'
import { randomText } from '../crypto/text.ts'
import { DanceError } from '../errors.ts'
import { idTokenOf, type Server } from '../server/resolve.ts'

/** What one login asks for. */
export interface LoginRequest extends LoginParams {
  readonly scopes: readonly string[]
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

/**
 * Makes an authorization request with PKCE (RFC 6749 §4.1.1, RFC 7636 §4.3). What the protocol
 * guards is written last, so nothing declared or asked for can replace it.
 *
 * @throws DanceError `config-invalid` where the person would be sent to no safe URL
 */
export async function createAuthorizationRequest(
  server: Server,
  { dpopJkt, ...login }: LoginRequest,
): Promise<AuthorizationRequest> {
  const { client, speaks } = server
  const { clientId, redirectUri } = client
  const pkce = await SigninState.create({
    code_verifier: true,
    authority: server.issuer ?? speaks.authorization.url,
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: '',
  })
  const { code_verifier: verifier = '', code_challenge: codeChallenge = '' } = pkce
  // The engine's own has 122 random bits.
  const state = randomText()
  const nonce = idTokenOf(client.provider) === undefined ? undefined : randomText()
  const request = { ...login, clientId, redirectUri, state, nonce, codeChallenge }
  const url = authorizationUrl(speaks, request)
  url.searchParams.delete('dpop_jkt')
  if (dpopJkt !== undefined) url.searchParams.set('dpop_jkt', dpopJkt)
  if (verifier.length < 43 || codeChallenge.length !== 43 || !isSafeUrl(url)) {
    throw new DanceError('config-invalid', `Nobody can be sent to ${url.origin} to sign in.`, {
      client: client.name,
    })
  }
  return { url, state, verifier, ...(nonce !== undefined && { nonce }) }
}
