import type { OAuth2Provider } from '../types.ts'

export interface TwitchOptions {
  /** The registration's client id: every call of the API has to name it. It is no secret. */
  clientId: string
  /** Asks for consent also someone who has agreed before. @default false */
  forceVerify?: boolean
}

/**
 * Twitch. It wants a secret and knows no PKCE, so the exchange asks for tokens. Register
 * `<exchange>/twitch/callback` as an OAuth redirect URL.
 *
 * Facts checked 2026-11-23: dev.twitch.tv (getting tokens, refreshing, revoking). That any page may
 * call the API, and the words for a spent code, are likely.
 */
export const twitch = ({ clientId, forceVerify }: TwitchOptions): OAuth2Provider => ({
  id: 'twitch',
  name: 'Twitch',
  protocol: 'oauth2',
  route: 'exchange',
  authorization: {
    url: 'https://id.twitch.tv/oauth2/authorize',
    params: { force_verify: forceVerify ? 'true' : undefined },
  },
  token: { url: 'https://id.twitch.tv/oauth2/token' },
  pkce: false,
  revocation: {
    url: 'https://id.twitch.tv/oauth2/revoke',
    ends: 'token',
    takes: 'access_token',
    clientAuth: 'none',
  },
  api: {
    baseUrl: 'https://api.twitch.tv/helix/',
    cors: true,
    headers: { 'Client-Id': clientId },
  },
  scopes: ['user:read:email'],
  profile: {
    path: 'users',
    read: ({ data: [me] }) => ({
      id: me.id,
      name: me.display_name,
      email: me.email,
      picture: me.profile_image_url,
    }),
  },
  hooks: {
    // What is wrong is told by the message alone.
    tokenReply: (reply) =>
      /^Invalid (refresh token|authorization code)/.test(String(reply['message']))
        ? { error: 'invalid_grant' }
        : reply,
  },
})
