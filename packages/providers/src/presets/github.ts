import type { OAuth2Provider } from '../types.ts'

export interface GitHubOptions {
  /** `false` hides "Create an account" from someone who is not signed in. @default true */
  allowSignup?: boolean
  /** Where a GitHub Enterprise Server lives, such as `https://github.example.com`. */
  host?: string
}

/**
 * GitHub: OAuth Apps, and GitHub Apps (whose user tokens expire after 8 hours and refresh).
 *
 * The token endpoint wants the secret even with PKCE and sends no CORS headers, so the exchange
 * calls it. Register `<exchange>/github/callback` as the callback URL.
 *
 * Facts checked 2026-11-23: docs.github.com (authorizing OAuth apps, REST apps/oauth-applications),
 * the GitHub changelog of 2025-07-14 on PKCE.
 *
 * @throws TypeError if `host` is no URL, or has more than a host name and a port
 */
export const github = (options: GitHubOptions = {}): OAuth2Provider => {
  const { allowSignup, host = 'https://github.com' } = options
  if (!/^https?:\/\/[^/?#@\\\s]+$/.test(host)) {
    throw new TypeError(`[dance] github() needs a host like "https://my.host": ${host}`)
  }
  const api = options.host ? `${host}/api/v3/` : 'https://api.github.com/'
  return {
    id: 'github',
    name: 'GitHub',
    protocol: 'oauth2',
    route: 'exchange',
    authorization: {
      url: `${host}/login/oauth/authorize`,
      params: { allow_signup: allowSignup?.toString() },
      loginHint: 'login',
    },
    token: {
      url: `${host}/login/oauth/access_token`,
      deadGrant: ['bad_refresh_token', 'bad_verification_code'],
    },
    revocation: {
      url: `${api}applications/{client_id}/token`,
      ends: 'token',
      takes: 'access_token',
      parameter: 'access_token',
      method: 'DELETE',
      encoding: 'json',
      clientAuth: 'basic',
    },
    api: { baseUrl: api, cors: true },
    scopes: ['read:user', 'user:email'],
    scopeSeparator: { reply: ',' },
    profile: {
      path: 'user',
      read: ({ id, login, name, email, avatar_url }) => ({
        id,
        name: name ?? login,
        email,
        picture: avatar_url,
      }),
    },
  }
}
