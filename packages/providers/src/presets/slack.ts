import type { OAuth2Provider } from '../types.ts'

export interface SlackOptions {
  /**
   * Whose token the session has: the person's (`scopes` are then user scopes), or that of the app's
   * bot in their workspace (bot scopes). @default 'user'
   */
  as?: 'user' | 'bot'
  /** The workspace to offer first, by its id (`T…`). */
  team?: string
  /** The app has PKCE switched on, and so no secret: the page does the whole dance. @default false */
  publicClient?: boolean
}

/**
 * Slack (OAuth v2), for its Web API; who only wants people to sign in takes `slackOpenid`. Slack
 * wants a secret, so the exchange asks for tokens: register `<exchange>/slack/callback` as a
 * redirect URL. With `publicClient` register `<app>/callback/slack`.
 *
 * Facts checked 2026-11-23: docs.slack.dev (OAuth v2, token rotation, PKCE), node-slack-sdk. That the
 * token endpoint answers a page is not documented.
 */
export const slack = ({ as, team, publicClient }: SlackOptions = {}): OAuth2Provider => ({
  id: 'slack',
  name: 'Slack',
  protocol: 'oauth2',
  route: publicClient ? 'direct' : 'exchange',
  authorization: { url: 'https://slack.com/oauth/v2/authorize', params: { team } },
  token: {
    url: 'https://slack.com/api/oauth.v2.access',
    clientAuth: 'basic',
    deadGrant: ['invalid_code', 'code_already_used', 'invalid_refresh_token'],
  },
  // A verifier beside the secret is refused.
  ...(!publicClient && { pkce: false }),
  revocation: {
    url: 'https://slack.com/api/auth.revoke',
    ends: 'token',
    takes: 'access_token',
    clientAuth: 'none',
  },
  api: {
    baseUrl: 'https://slack.com/api/',
    cors: true,
    tokenParam: 'token',
    unauthorized: ['token_expired', 'token_revoked', 'invalid_auth'],
  },
  scopes: ['users:read'],
  scopeSeparator: { request: ',', reply: ',' },
  account: as === 'bot' ? 'bot_user_id' : 'id',
  profile: { path: 'auth.test', method: 'POST', read: (me) => ({ id: me.user_id, name: me.user }) },
  ...(as !== 'bot' && {
    hooks: {
      authorization(params) {
        params.set('user_scope', params.get('scope') ?? '')
        params.delete('scope')
      },
      // A person's token lies below `authed_user`; after a refresh it lies where all others do.
      tokenReply: (reply) => ({ ...reply, ...Object(reply['authed_user']) }),
    },
  }),
})
