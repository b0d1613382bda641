import type { OidcProvider, ProviderApi, Route } from '../types.ts'

export interface Auth0Options {
  /** Your tenant's domain, or one of your own: `example.eu.auth0.com`, `login.example.com`. */
  domain: string
  /** The identifier of the API that the access token is for. @default UserInfo alone */
  audience?: string
  /** Lets in members of this organization only: its id, or its name if the tenant takes names. */
  organization?: string
  /** Goes straight to this connection, such as `github`. */
  connection?: string
  /** `exchange` for a "Regular Web Application", with its secret. @default 'direct' */
  route?: Route
  /** Add `offline_access` for a refresh token. @default ['openid', 'profile', 'email'] */
  scopes?: readonly string[]
  /** The API that `audience` names. UserInfo may always be asked. */
  api?: ProviderApi
}

/**
 * Auth0, as a "Single Page Application" with PKCE: register `<app>/callback/auth0` under "Allowed
 * Callback URLs", and the app's origin under "Allowed Web Origins". On the route `exchange`
 * register `<exchange>/auth0/callback`.
 *
 * Facts checked 2026-11-23: Auth0's docs.
 *
 * @throws TypeError if `domain` is no bare host name
 */
export const auth0 = (options: Auth0Options): OidcProvider => {
  const { domain, audience, organization, connection, route = 'direct', api } = options
  if (!/^[a-z\d-]+(\.[a-z\d-]+)+$/i.test(domain)) {
    throw new TypeError(
      `[dance] auth0() needs a domain like "example.eu.auth0.com", not "${domain}"`,
    )
  }
  return {
    id: 'auth0',
    name: 'Auth0',
    protocol: 'oidc',
    route,
    // With a slash at the end, unlike most.
    issuer: `https://${domain.toLowerCase()}/`,
    authorization: { params: { audience, organization, connection } },
    revocation: { ends: 'token' },
    scopes: options.scopes ?? ['openid', 'profile', 'email'],
    ...(api && { api }),
  }
}
