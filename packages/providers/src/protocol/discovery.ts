import type { OAuth2Provider, OidcProvider, ProfileRequest } from '../types.ts'
import { checkProvider } from './check.ts'

/** Where an issuer's metadata lies (OpenID Connect Discovery 1.0 §4). */
export function discoveryUrl(issuer: string): string {
  return `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
}

const userInfo = (path: string): ProfileRequest => ({
  path,
  read: (claims) => ({
    id: claims.sub,
    name: claims.name ?? claims.preferred_username,
    email: claims.email,
    picture: claims.picture,
  }),
})

/**
 * Completes an `oidc` declaration by the provider's metadata.
 *
 * @param metadata the JSON found at `discoveryUrl(provider.issuer)`
 * @throws TypeError where the metadata is of another issuer (RFC 8414 §3.3), lacks an endpoint, or
 *   names one that is not https
 */
export function resolveDiscovery(provider: OidcProvider, metadata: unknown): OAuth2Provider {
  const found: Record<string, unknown> =
    typeof metadata === 'object' && metadata !== null ? { ...metadata } : {}
  if (found['issuer'] !== provider.issuer) {
    throw new TypeError(
      `[dance] The discovery document of ${provider.issuer} names another issuer: ` +
        `${JSON.stringify(found['issuer'])}. Write the issuer to the letter as the provider does.`,
    )
  }
  const optional = (name: string): string | undefined => {
    const value = found[name]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const needed = (name: string): string => {
    const value = optional(name)
    if (value !== undefined) return value
    throw new TypeError(`[dance] The discovery document of ${provider.issuer} has no ${name}.`)
  }

  const { issuer, api, authorization, token, revocation, ...rest } = provider
  const userInfoUrl = optional('userinfo_endpoint')
  const revocationUrl = optional('revocation_endpoint')
  const endSessionUrl = optional('end_session_endpoint')
  const methods = found['token_endpoint_auth_methods_supported']
  // Basic is what every server has to take (RFC 6749 §2.3.1), and the default of a registration.
  const basic = !Array.isArray(methods) || methods.includes('client_secret_basic')
  const resolved: OAuth2Provider = {
    ...rest,
    protocol: 'oauth2',
    authorization: {
      ...authorization,
      url: needed('authorization_endpoint'),
      ...(found['authorization_response_iss_parameter_supported'] === true && { iss: issuer }),
    },
    token: {
      ...(basic && { clientAuth: 'basic' as const }),
      ...token,
      url: needed('token_endpoint'),
    },
    openid: {
      issuer,
      jwksUrl: needed('jwks_uri'),
      ...(endSessionUrl !== undefined && { endSessionUrl }),
    },
    // Without an API of the app's own, UserInfo is the API.
    api: {
      ...(api ?? { baseUrl: `${userInfoUrl ?? issuer}/`, cors: true }),
      alsoAllowed: [...(api?.alsoAllowed ?? []), ...(userInfoUrl ? [userInfoUrl] : [])],
    },
    ...(userInfoUrl !== undefined && { profile: userInfo(userInfoUrl) }),
    ...(revocationUrl !== undefined &&
      revocation && { revocation: { ...revocation, url: revocationUrl } }),
  }
  const problems = checkProvider(resolved)
  if (problems.length > 0) {
    throw new TypeError(
      `[dance] The discovery document of ${issuer} can't be used:\n- ${problems.join('\n- ')}`,
    )
  }
  return resolved
}
