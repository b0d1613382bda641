import type { ClientAuth, OidcProvider, Params, ProviderApi, Revocation, Route } from '../types.ts'
import { custom } from './custom.ts'

export interface OidcOptions {
  /** The provider's `iss`, to the letter: Auth0's ends in a slash, Keycloak's does not. */
  issuer: string
  /** The name people see. @default the issuer's host */
  name?: string
  /** Lower-case letters, digits and hyphens. @default 'oidc' */
  id?: string
  /** `exchange` for a registration with a secret. @default 'direct' */
  route?: Route
  /** @default ['openid', 'profile', 'email'] */
  scopes?: readonly string[]
  /** Sent with every login, such as Auth0's `audience`. */
  params?: Params
  /** An API of your own that takes these tokens. UserInfo may always be asked. */
  api?: ProviderApi
  /** Bind the tokens to a key of this browser (RFC 9449); the provider must offer it. */
  dpop?: boolean
  /**
   * How the exchange proves who it is: `private_key_jwt` by a key of its own, in place of a secret.
   * @default Basic, unless the provider offers only the body
   */
  clientAuth?: ClientAuth
  /** What a revocation ends there. @default 'token' */
  revocation?: Pick<Revocation, 'ends'>
}

/**
 * Any OpenID Provider, by its discovery document (OpenID Connect Discovery 1.0).
 *
 * @throws TypeError if the issuer is no https URL (http is allowed on loopback)
 */
export const oidc = ({
  issuer,
  name,
  id = 'oidc',
  route = 'direct',
  scopes = ['openid', 'profile', 'email'],
  params,
  api,
  dpop,
  clientAuth,
  revocation = { ends: 'token' },
}: OidcOptions): OidcProvider =>
  custom({
    id,
    name: name ?? (URL.canParse(issuer) ? new URL(issuer).host : issuer),
    protocol: 'oidc',
    route,
    issuer,
    authorization: { ...(params && { params }) },
    token: { ...(dpop !== undefined && { dpop }), ...(clientAuth && { clientAuth }) },
    revocation,
    scopes,
    ...(api && { api }),
  })
