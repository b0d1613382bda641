import type { OAuth2Provider } from '../types.ts'

export interface GitLabOptions {
  /**
   * Where a GitLab of your own lives, path included, such as `https://example.com/gitlab`.
   *
   * @default 'https://gitlab.com'
   */
  host?: string
}

/**
 * GitLab, on gitlab.com or anywhere else, as a public client with PKCE: register
 * `<app>/callback/gitlab` without "Confidential". With a secret, or before GitLab 15.1 (no CORS),
 * say `route: 'exchange'`.
 *
 * Facts checked 2026-11-23: GitLab's docs (OAuth 2.0 identity provider API). That any page may call
 * `/api/v4` is likely, not documented.
 *
 * @throws TypeError if `host` is no URL, or has a query, a fragment or a user name
 */
export const gitlab = ({ host = 'https://gitlab.com' }: GitLabOptions = {}): OAuth2Provider => {
  if (!/^https?:\/\/[^/?#@\\\s]+(\/[^?#\\\s]*)?$/.test(host)) {
    throw new TypeError(`[dance] gitlab() needs a host like "https://git.example.com": ${host}`)
  }
  const base = host.replace(/\/+$/, '')
  return {
    id: 'gitlab',
    name: 'GitLab',
    protocol: 'oauth2',
    route: 'direct',
    authorization: { url: `${base}/oauth/authorize` },
    token: { url: `${base}/oauth/token`, refreshRedirectUri: true },
    revocation: { url: `${base}/oauth/revoke`, ends: 'token' },
    openid: { issuer: base, jwksUrl: `${base}/oauth/discovery/keys` },
    api: { baseUrl: `${base}/api/v4/`, alsoAllowed: [`${base}/oauth/userinfo`], cors: true },
    scopes: ['read_user'],
    profile: {
      path: 'user',
      read: (me) => ({
        id: me.id,
        name: me.name ?? me.username,
        email: me.email,
        picture: me.avatar_url,
      }),
    },
  }
}
