import type { OAuth2Provider } from '../types.ts'

/** What the hosts of its data centres end in. */
const ends = ['com', 'eu', 'in', 'com.au', 'jp', 'ca', 'sa', 'uk', 'com.cn'] as const
type End = (typeof ends)[number]

export interface ZohoOptions {
  /** Where the dance begins. Whose data lies in China begins there, all others at any other. @default 'com' */
  dataCentre?: End
}

const accountsAt = (end: End): string =>
  `https://accounts.zoho${end === 'ca' ? 'cloud' : ''}.${end}`
const apisAt = (end: End): string => `https://www.zohoapis.${end}`

/**
 * Zoho. A person's data lies in one of nine data centres: Zoho names its token server beside the code, and
 * its API in the token reply. Register `<exchange>/zoho/callback` with a "Server-based Application", and
 * under Settings turn on each data centre, with the same credentials for all.
 *
 * Facts checked 2026-11-23: zoho.com/accounts/protocol/oauth (Multi DC, revocation), Nango, Flask-Dance.
 * What its profile holds and that no page may call it is likely; PKCE beside a secret is not documented.
 */
export const zoho = ({ dataCentre = 'com' }: ZohoOptions = {}): OAuth2Provider => {
  const accounts = accountsAt(dataCentre)
  const me = `${accounts}/oauth/user/info`
  return {
    id: 'zoho',
    name: 'Zoho',
    protocol: 'oauth2',
    route: 'exchange',
    authorization: {
      url: `${accounts}/oauth/v2/auth`,
      // A refresh token comes with a consent only.
      params: { access_type: 'offline', prompt: 'consent' },
    },
    token: { url: `${accounts}/oauth/v2/token`, deadGrant: ['invalid_code'] },
    revocation: { url: `${accounts}/oauth/v2/token/revoke`, ends: 'token' },
    api: {
      baseUrl: `${apisAt(dataCentre)}/`,
      alsoAllowed: [me],
      scheme: 'Zoho-oauthtoken',
      cors: false,
    },
    learnt: {
      tokenOrigin: { from: 'accounts-server', within: ends.map(accountsAt) },
      apiOrigin: { from: 'api_domain', within: ends.map(apisAt) },
    },
    scopes: ['AaaServer.profile.READ'],
    scopeSeparator: { request: ',' },
    profile: {
      path: me,
      read: (person) => ({ id: person.ZUID, name: person.Display_Name, email: person.Email }),
    },
  }
}
