import type { OAuth2Provider } from '../types.ts'
import { outgoing, type OutgoingRequest, type Registration } from './token-request.ts'

/**
 * The request that gives a credential back: RFC 7009, or as the declaration says.
 *
 * @returns undefined where the provider has no revocation, or takes a credential that is not held
 */
export function revocationRequest(
  provider: OAuth2Provider,
  registration: Registration,
  held: { readonly accessToken?: string | undefined; readonly refreshToken?: string | undefined },
): OutgoingRequest | undefined {
  const { revocation } = provider
  if (!revocation) return undefined
  const takes =
    revocation.takes ?? (held.refreshToken === undefined ? 'access_token' : 'refresh_token')
  const token = takes === 'refresh_token' ? held.refreshToken : held.accessToken
  if (token === undefined) return undefined
  const inUrl = revocation.url.includes('{token}')
  const url = revocation.url
    .replace('{client_id}', encodeURIComponent(registration.clientId))
    .replace('{token}', encodeURIComponent(token))
  const method = revocation.method ?? 'POST'
  if (revocation.bearer) return { url, method, headers: { Authorization: `Bearer ${token}` } }
  const params = new URLSearchParams(inUrl ? [] : [[revocation.parameter ?? 'token', token]])
  // RFC 7009 §2.1: the hint is part of the standard request only.
  if (!inUrl && revocation.parameter === undefined) params.set('token_type_hint', takes)
  return outgoing(registration, params, {
    url,
    method,
    clientAuth: revocation.clientAuth ?? provider.token.clientAuth ?? 'body',
    encoding: revocation.encoding ?? 'form',
  })
}
