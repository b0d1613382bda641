import type { OAuth2Provider } from '../types.ts'

export interface XOptions {
  /** Asks for the e-mail address too; the app needs that permission in X's developer console. @default false */
  email?: boolean
  /** `false` leaves out `offline.access`: the session then ends after 2 hours. @default true */
  offline?: boolean
}

/**
 * X (Twitter) over OAuth 2.0, as a confidential client ("Web App" or "Bot"). Neither its token
 * endpoint nor its API answers a page, so the exchange does both. Register `<exchange>/x/callback`
 * as a callback URI.
 *
 * Facts checked 2026-11-23: X developer docs (OAuth 2.0 authorization code flow with PKCE). That a
 * dead token is answered by `invalid_request` is likely: clients report it, the docs don't say it.
 */
export const x = ({ email = false, offline = true }: XOptions = {}): OAuth2Provider => ({
  id: 'x',
  name: 'X',
  protocol: 'oauth2',
  route: 'exchange',
  authorization: { url: 'https://x.com/i/oauth2/authorize', codeLifetime: 30 },
  token: {
    url: 'https://api.x.com/2/oauth2/token',
    clientAuth: 'basic',
    deadGrant: ['invalid_request'],
  },
  revocation: { url: 'https://api.x.com/2/oauth2/revoke', ends: 'token' },
  api: { baseUrl: 'https://api.x.com/2/', cors: false },
  // X shows no profile without tweet.read.
  scopes: [
    'users.read',
    'tweet.read',
    ...(email ? ['users.email'] : []),
    ...(offline ? ['offline.access'] : []),
  ],
  profile: {
    path: `users/me?user.fields=profile_image_url${email ? ',confirmed_email' : ''}`,
    read: ({ data }) => ({
      id: data?.id,
      name: data?.name ?? data?.username,
      email: data?.confirmed_email,
      picture: data?.profile_image_url,
    }),
  },
})
