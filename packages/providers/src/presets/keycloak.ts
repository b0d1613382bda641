import type { OidcProvider, ProviderApi, Route } from '../types.ts'

export interface KeycloakOptions {
  /** Where Keycloak lives, with its path: `https://sso.example.com`, before Keycloak 17 `…/auth`. */
  baseUrl: string
  realm: string
  /** Goes straight to this identity provider, by its alias. */
  idpHint?: string
  /** `exchange` for a client with "Client authentication" on. @default 'direct' */
  route?: Route
  /** @default ['openid', 'profile', 'email'] */
  scopes?: readonly string[]
  /** An API of your own that takes these tokens. UserInfo may always be asked. */
  api?: ProviderApi
}

/**
 * Keycloak, as a public client with PKCE: leave "Client authentication" off, register
 * `<app>/callback/keycloak` under "Valid redirect URIs", and the app's origin under "Web origins",
 * for CORS. On the route `exchange` register `<exchange>/keycloak/callback`.
 *
 * Facts checked 2026-11-23: Keycloak's docs.
 *
 * @throws TypeError if `baseUrl` is no URL, or `realm` can be no part of a path as it is
 */
export const keycloak = (options: KeycloakOptions): OidcProvider => {
  const { baseUrl, realm, idpHint, route = 'direct', api } = options
  if (!/^https?:\/\/[^/?#@\\\s]+(\/[^?#\\\s]*)?$/.test(baseUrl)) {
    throw new TypeError(
      `[dance] keycloak() needs a baseUrl like "https://sso.example.com", not "${baseUrl}"`,
    )
  }
  if (!/^[\w.-]*\w$/.test(realm)) {
    throw new TypeError(`[dance] keycloak() needs the name of a realm, not "${realm}"`)
  }
  return {
    id: 'keycloak',
    name: 'Keycloak',
    protocol: 'oidc',
    route,
    issuer: `${baseUrl.replace(/\/+$/, '')}/realms/${realm}`,
    authorization: { params: { kc_idp_hint: idpHint } },
    revocation: { ends: 'token' },
    scopes: options.scopes ?? ['openid', 'profile', 'email'],
    ...(api && { api }),
  }
}
