import type { OAuth2Provider } from '../types.ts'

/**
 * LinkedIn ("Sign In with LinkedIn using OpenID Connect"). It wants the secret, takes no PKCE from an
 * ordinary app, and answers no page. Its ID tokens repeat no nonce, so UserInfo says who it is.
 * Register `<exchange>/linkedin/callback` as an authorized redirect URL.
 *
 * Facts checked 2026-11-23: Microsoft Learn (LinkedIn's authorization code flow). That neither its
 * token endpoint nor its API answers pages is likely, not documented.
 */
export const linkedin = (): OAuth2Provider => ({
  id: 'linkedin',
  name: 'LinkedIn',
  protocol: 'oauth2',
  route: 'exchange',
  authorization: {
    url: 'https://www.linkedin.com/oauth/v2/authorization',
    denied: ['user_cancelled_login', 'user_cancelled_authorize'],
  },
  token: {
    url: 'https://www.linkedin.com/oauth/v2/accessToken',
    deadGrant: ['invalid_request'],
  },
  scopeSeparator: { reply: ',' },
  pkce: false,
  api: { baseUrl: 'https://api.linkedin.com/v2/', cors: false },
  scopes: ['openid', 'profile', 'email'],
  profile: {
    path: 'userinfo',
    read: ({ sub, name, email, picture }) => ({ id: sub, name, email, picture }),
  },
})
