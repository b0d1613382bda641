import type { OAuth1Provider } from '../types.ts'

export interface TwitterOptions {
  /** `authenticate` skips the consent page for someone who has agreed before. @default 'authorize' */
  page?: 'authorize' | 'authenticate'
  /** Asks for the password even of someone who is signed in. @default false */
  forceLogin?: boolean
}

/**
 * Twitter (X) over OAuth 1.0a. Its API answers no page, so the exchange signs and relays each call.
 * Register `<exchange>/twitter/callback` as the callback URL.
 *
 * Facts checked 2026-11-23: X developer docs (OAuth 1.0a, log in with X). The host is part of
 * every signature: X now documents `api.x.com`.
 */
export const twitter = ({
  page = 'authorize',
  forceLogin,
}: TwitterOptions = {}): OAuth1Provider<'HMAC-SHA1'> => ({
  id: 'twitter',
  name: 'Twitter',
  protocol: 'oauth1',
  route: 'exchange',
  signature: 'HMAC-SHA1',
  requestToken: { url: 'https://api.x.com/oauth/request_token' },
  authorization: {
    url: `https://api.x.com/oauth/${page}`,
    params: { force_login: forceLogin ? 'true' : undefined },
    loginHint: 'screen_name',
  },
  accessToken: { url: 'https://api.x.com/oauth/access_token' },
  revocation: { url: 'https://api.x.com/1.1/oauth/invalidate_token', ends: 'token' },
  api: { baseUrl: 'https://api.x.com/2/', alsoAllowed: ['https://api.x.com/1.1/'], cors: false },
  account: 'user_id',
  profile: {
    path: 'users/me?user.fields=profile_image_url',
    read: ({ data }) => ({
      id: data?.id,
      name: data?.name ?? data?.username,
      picture: data?.profile_image_url,
    }),
  },
})
