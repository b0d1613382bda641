import type { OAuth2Provider } from '../types.ts'

export interface RedditOptions {
  /** `false` does without a refresh token: the session ends after an hour or a day. @default true */
  permanent?: boolean
  /**
   * What the exchange calls itself, as Reddit wants it: `web:com.example.app:v1.0 (by /u/name)`. Say it
   * on the exchange: who has no name of its own there is slowed down.
   */
  userAgent?: string
  /** Registered as an "installed app", which has no secret. @default false */
  installed?: boolean
}

/**
 * Reddit. Its token endpoint wants Basic, even of an app without a secret, and answers no page, so
 * the exchange asks for tokens and relays. Register a "web app" with `<exchange>/reddit/callback` as
 * its redirect uri.
 *
 * Facts checked 2026-11-23: Flask-Dance, arctic, better-auth, Nango. That a refresh names the redirect
 * URI, and that a dead refresh token is answered by the number 400, is likely.
 */
export const reddit = (options: RedditOptions = {}): OAuth2Provider => {
  const { permanent = true, userAgent, installed } = options
  const base = 'https://www.reddit.com/api/v1/'
  return {
    id: 'reddit',
    name: 'Reddit',
    protocol: 'oauth2',
    route: 'exchange',
    authorization: {
      url: `${base}authorize`,
      params: { duration: permanent ? 'permanent' : 'temporary' },
    },
    token: {
      url: `${base}access_token`,
      clientAuth: installed ? 'basic-id' : 'basic',
      refreshRedirectUri: true,
    },
    pkce: false,
    revocation: { url: `${base}revoke_token`, ends: 'token' },
    api: {
      baseUrl: 'https://oauth.reddit.com/',
      cors: false,
      ...(userAgent !== undefined && { headers: { 'User-Agent': userAgent } }),
    },
    scopes: ['identity'],
    profile: {
      path: 'api/v1/me',
      read: (me) => ({ id: me.id, name: me.name, picture: me.icon_img?.split('?')[0] }),
    },
    hooks: {
      tokenReply: (reply) => (reply['error'] === 400 ? { error: 'invalid_grant' } : reply),
    },
  }
}
