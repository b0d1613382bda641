import type { OAuth2Provider } from '../types.ts'

export interface StravaOptions {
  /** Asks for consent also someone who has agreed before. @default false */
  forceApproval?: boolean
}

/**
 * Strava. It wants a secret, so the exchange asks for tokens. A person may grant less than was asked
 * for, and only the redirect says so. Register the exchange's domain as "Authorization Callback
 * Domain"; `localhost` works unasked.
 *
 * Facts checked 2026-11-23: developers.strava.com (authentication). That any page may call the API is
 * likely: StravaAPIProxy#2.
 */
export const strava = ({ forceApproval }: StravaOptions = {}): OAuth2Provider => ({
  id: 'strava',
  name: 'Strava',
  protocol: 'oauth2',
  route: 'exchange',
  authorization: {
    url: 'https://www.strava.com/oauth/authorize',
    params: { approval_prompt: forceApproval ? 'force' : undefined },
    grantedScopes: 'scope',
  },
  token: { url: 'https://www.strava.com/oauth/token' },
  pkce: false,
  // Takes the app off the athlete's list.
  revocation: {
    url: 'https://www.strava.com/oauth/deauthorize',
    ends: 'user',
    takes: 'access_token',
    parameter: 'access_token',
    clientAuth: 'none',
  },
  api: { baseUrl: 'https://www.strava.com/api/v3/', cors: true },
  scopes: ['read'],
  scopeSeparator: { request: ',', reply: ',' },
  profile: {
    path: 'athlete',
    read: (me) => ({
      id: me.id,
      name: [me.firstname, me.lastname].filter(Boolean).join(' '),
      picture: me.profile,
    }),
  },
  hooks: {
    tokenReply: (reply) =>
      /"field":"(code|refresh_token)"/.test(JSON.stringify(reply['errors'] ?? ''))
        ? { error: 'invalid_grant' }
        : reply,
  },
})
