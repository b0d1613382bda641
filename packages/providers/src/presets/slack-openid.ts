import type { OAuth2Provider } from '../types.ts'

export interface SlackOpenidOptions {
  /** The workspace to offer first, by its id (`T…`). */
  team?: string
}

const api = 'https://slack.com/api/'

/**
 * Sign in with Slack, over OpenID Connect: who it is, and nothing of the Web API; for that see
 * `slack`. Slack wants a secret, so the exchange asks for tokens: register
 * `<exchange>/slack-openid/callback` as a redirect URL.
 *
 * Facts checked 2026-11-23: docs.slack.dev (Sign in with Slack) and Slack's discovery document.
 */
export const slackOpenid = ({ team }: SlackOpenidOptions = {}): OAuth2Provider => ({
  id: 'slack-openid',
  name: 'Slack (OpenID)',
  protocol: 'oauth2',
  route: 'exchange',
  authorization: { url: 'https://slack.com/openid/connect/authorize', params: { team } },
  token: {
    url: `${api}openid.connect.token`,
    deadGrant: ['invalid_code', 'code_already_used', 'invalid_refresh_token'],
  },
  // A verifier beside the secret is refused.
  pkce: false,
  revocation: {
    url: `${api}auth.revoke`,
    ends: 'token',
    takes: 'access_token',
    clientAuth: 'none',
  },
  openid: { issuer: 'https://slack.com', jwksUrl: 'https://slack.com/openid/connect/keys' },
  api: {
    baseUrl: api,
    cors: true,
    tokenParam: 'token',
    unauthorized: ['token_expired', 'token_revoked', 'invalid_auth'],
  },
  scopes: ['openid', 'profile', 'email'],
  profile: {
    path: 'openid.connect.userInfo',
    method: 'POST',
    read: ({ sub, name, email, picture }) => ({ id: sub, name, email, picture }),
  },
})
