import type { OidcProvider, ProviderApi, Route } from '../types.ts'

export interface OktaOptions {
  /** Your org's domain, or one of your own: `example.okta.com`, `login.example.com`. */
  domain: string
  /** The id of a custom authorization server; `org` for the org's own. @default 'default' */
  authorizationServer?: string
  /** Goes straight to this identity provider, by its id. */
  idp?: string
  /** `exchange` for a "Web Application", with its secret. @default 'direct' */
  route?: Route
  /** Add `offline_access` for a refresh token. @default ['openid', 'profile', 'email'] */
  scopes?: readonly string[]
  /** An API of your own that takes these tokens. UserInfo may always be asked. */
  api?: ProviderApi
}

/**
 * Okta, as a "Single-Page Application" with PKCE: register `<app>/callback/okta` under "Sign-in
 * redirect URIs", and the app's origin under Security, API, Trusted Origins, for CORS. On the route
 * `exchange` register `<exchange>/okta/callback`.
 *
 * Facts checked 2026-11-23: Okta's docs; which of its pages are readable by an app's page is likely.
 *
 * @throws TypeError if `domain` is no bare host name, or the server's id can be no part of a path
 */
export const okta = (options: OktaOptions): OidcProvider => {
  const { domain, authorizationServer: server = 'default', idp, route = 'direct', api } = options
  if (!/^[a-z\d-]+(\.[a-z\d-]+)+$/i.test(domain)) {
    throw new TypeError(`[dance] okta() needs a domain like "example.okta.com", not "${domain}"`)
  }
  if (!/^\w+$/.test(server)) {
    throw new TypeError(`[dance] okta() needs an authorization server's id, not "${server}"`)
  }
  return {
    id: 'okta',
    name: 'Okta',
    protocol: 'oidc',
    route,
    issuer: `https://${domain.toLowerCase()}${server === 'org' ? '' : `/oauth2/${server}`}`,
    authorization: { params: { idp } },
    revocation: { ends: 'token' },
    scopes: options.scopes ?? ['openid', 'profile', 'email'],
    ...(api && { api }),
  }
}
