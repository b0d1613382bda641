import {
  findClient,
  onGet,
  onPost,
  type Call,
  type Cors,
  type Counterpart,
  type Handler,
  type Route,
} from '../counterpart.ts'
import { api, type ApiRules } from '../oauth2/api.ts'
import { authorize } from '../oauth2/authorize.ts'
import { revoke } from '../oauth2/revoke.ts'
import type { OAuth2Rules } from '../oauth2/rules.ts'
import { token } from '../oauth2/token.ts'
import type { Person } from '../people.ts'
import type { Grant } from '../state.ts'

const loginHost = 'login.salesforce.com'
/** The one org that people here have, at its My Domain. */
const orgHost = 'dance.my.salesforce.com'
const orgId = '00Ddn000000BV7zEAG'

const userIdOf = ({ number }: Person): string => `005dn00000${number}QAQ`
const identityOf = (person: Person): string =>
  `https://${loginHost}/id/${orgId}/${userIdOf(person)}`

const rules: OAuth2Rules = {
  clientAuth: ['body', 'basic'],
  pkce: 'required-of-public-clients',
  mayOmit: ['scope'],
  unknownScopes: 'refused',
  scopeSeparator: { request: / /, reply: ' ' },
  passesUnseen: (query) => !/login|consent/.test(query.get('prompt') ?? ''),
  hint: 'login_hint',
  declined: { description: 'end-user denied authorization' },
  codeLifetime: 900,
  // By the org's session settings: told to nobody.
  tokenLifetime: 7200,
  tokenType: 'Bearer',
  refresh: { scope: 'refresh_token', rotates: false, endsOldAccess: false },
  arrange: (members, { grant }, { origin, now }) => ({
    ...members,
    expires_in: undefined,
    signature: 'CMJ4l+CCaPQiKjoOEwEig9H4wqhpuLSk4J2urAe+fVg=',
    instance_url: origin(orgHost),
    id: identityOf(grant.person),
    issued_at: String(now),
  }),
  reply: 'json',
  redirectUriAtToken: 'required',
  faults: {
    invalid_client: { error: 'invalid_client', description: 'invalid client credentials' },
    invalid_code: { error: 'invalid_grant', description: 'expired authorization code' },
    invalid_refresh: { error: 'invalid_grant', description: 'expired access/refresh token' },
    wrong_redirect: {
      error: 'redirect_uri_mismatch',
      description: 'redirect_uri must match configuration',
    },
  },
}

/**
 * CORS of the OAuth endpoints is the org's to turn on, and for its My Domain alone: here it is on.
 * Emulated, all hosts that people sign in at are one, and its apps without a secret are the org's own.
 */
const readable =
  (handle: Handler): Handler =>
  async (call) => {
    const response = await handle(call)
    const { url, form } = call
    const client = findClient(call, form?.get('client_id') ?? null)
    if (url.hostname !== loginHost && client?.clientSecret === undefined) {
      response.headers.set('Access-Control-Allow-Origin', '*')
    }
    return response
  }

const apiRules: ApiRules = {
  schemes: ['bearer', 'oauth'],
  unauthorized: () => [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }],
  missingScope: [{ message: 'This session is not valid for use with the REST API' }],
}

const claims = ({ person }: Grant, { origin }: Call): unknown => ({
  sub: identityOf(person),
  user_id: userIdOf(person),
  organization_id: orgId,
  preferred_username: `${person.handle}@dance.example`,
  name: person.name ?? person.handle,
  email: person.email ?? undefined,
  // It wants the token, so it is no picture for a page.
  picture: `${origin(orgHost)}/profilephoto/005/F`,
})

/** Of who has no good token it says so in one word, with status 403. */
const userInfo: Handler = async (call) => {
  const reply = await api(apiRules, ['id', 'openid', 'profile', 'api', 'full'], claims)(call)
  return reply.status === 401 ? new Response('Bad_OAuth_Token', { status: 403 }) : reply
}

const user = ({ person }: Grant): unknown => ({
  id: userIdOf(person),
  displayName: person.name ?? person.handle,
  email: person.email,
  type: 'User',
})

const cors: Cors = { headers: ['Authorization', 'Content-Type'] }
const org = { host: orgHost, cors }

const oauth = (host: string): readonly Route[] => [
  onGet('/services/oauth2/authorize', 'authorize', authorize(rules), { host }),
  onPost('/services/oauth2/token', 'token', readable(token(rules)), { host }),
  onPost('/services/oauth2/revoke', 'revocation', readable(revoke(rules, 'grant')), { host }),
]

/**
 * Salesforce with one org. Facts: help.salesforce.com (OAuth endpoints, their CORS, UserInfo, errors) and
 * clients such as jsforce, checked 2026-11-23.
 */
export const salesforce: Counterpart = {
  id: 'salesforce',
  name: 'Salesforce',
  hosts: [loginHost, orgHost],
  look: {
    colour: '#0d9dda',
    button: '#0b5cab',
    mark: 'M10 6.200a4.300 4.300 0 0 1 3.200-1.400c1.700 0 3.100.9 3.900 2.300a5.300 5.300 0 1 1 1.100 10.300 3.900 3.900 0 0 1-5.100 1.600 4.500 4.500 0 0 1-8.200-.2A4.200 4.200 0 0 1 2.300 10.900 4.800 4.800 0 0 1 10 6.200z',
    approve: 'Allow',
    decline: 'Deny',
  },
  scopes: {
    id: 'Access the identity URL service',
    api: 'Manage user data via APIs',
    refresh_token: 'Perform requests at any time',
    openid: 'Access unique user identifiers',
    web: 'Manage user data via Web browsers',
  },
  publicClients: true,
  tokensExpire: true,
  account: ({ handle }) => `${handle}@dance.example`,
  routes: [
    ...oauth(loginHost),
    ...oauth(orgHost),
    onGet('/services/oauth2/userinfo', 'api', userInfo),
    onGet('/services/oauth2/userinfo', 'api', userInfo, org),
    onGet('/services/data/:version/chatter/users/me', 'api', api(apiRules, ['api'], user), org),
  ],
}
