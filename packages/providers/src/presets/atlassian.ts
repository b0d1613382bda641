import type { OAuth2Provider } from '../types.ts'

export interface AtlassianOptions {
  /** `false` leaves out `offline_access`: the session then ends after an hour. @default true */
  offline?: boolean
}

/**
 * Atlassian Cloud (3LO): Jira, Confluence and the rest, of whichever sites the person grants. Ask
 * `/oauth/token/accessible-resources` for them, then call `/ex/jira/<id>/rest/api/3/…`. Register
 * `<exchange>/atlassian/callback`, the one callback URL of an app, and the scopes of its APIs.
 *
 * Facts checked 2026-11-23: Atlassian's developer docs (OAuth 2.0 3LO apps). That a page may call the
 * API, and what a dead refresh token is answered with, is likely, not documented.
 */
export const atlassian = ({ offline = true }: AtlassianOptions = {}): OAuth2Provider => ({
  id: 'atlassian',
  name: 'Atlassian',
  protocol: 'oauth2',
  route: 'exchange',
  authorization: {
    url: 'https://auth.atlassian.com/authorize',
    params: { audience: 'api.atlassian.com', prompt: 'consent' },
  },
  token: {
    url: 'https://auth.atlassian.com/oauth/token',
    encoding: 'json',
    deadGrant: ['unauthorized_client'],
  },
  api: { baseUrl: 'https://api.atlassian.com/', cors: true },
  scopes: ['read:me', ...(offline ? ['offline_access'] : [])],
  profile: {
    path: 'me',
    read: ({ account_id, name, email, picture }) => ({ id: account_id, name, email, picture }),
  },
})
