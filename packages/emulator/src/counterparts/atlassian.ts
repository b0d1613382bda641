import { problemPage } from '../consent/problem.ts'
import {
  onGet,
  onPost,
  type Call,
  type Cors,
  type Counterpart,
  type Handler,
} from '../counterpart.ts'
import { api, type ApiRules } from '../oauth2/api.ts'
import { authorize } from '../oauth2/authorize.ts'
import { takesJson } from '../oauth2/json-body.ts'
import type { OAuth2Rules } from '../oauth2/rules.ts'
import { token } from '../oauth2/token.ts'
import { people, portrait, type Person } from '../people.ts'
import { json, svg } from '../serve/reply.ts'
import type { Grant } from '../state.ts'

const apiHost = 'api.atlassian.com'
const avatarHost = 'avatar-management--avatars.us-west-2.prod.public.atl-paas.net'

/** The one site that people here have. */
const cloudId = '1324a887-45db-1bf4-1e99-ef0ff456d421'

const rules: OAuth2Rules = {
  clientAuth: ['body'],
  pkce: 'optional',
  mayOmit: [],
  unknownScopes: 'refused',
  scopeSeparator: { request: / /, reply: ' ' },
  declined: { description: 'User did not authorize the request' },
  codeLifetime: 300,
  tokenLifetime: 3600,
  tokenType: 'Bearer',
  refresh: { scope: 'offline_access', endsOldAccess: false },
  reply: 'json',
  redirectUriAtToken: 'required',
  faults: {
    invalid_client: { error: 'access_denied', description: 'Unauthorized', status: 401 },
    invalid_refresh: {
      error: 'unauthorized_client',
      description: 'refresh_token is invalid',
      status: 403,
    },
  },
}

const ask: Handler = (call) =>
  call.url.searchParams.get('audience') === apiHost
    ? authorize(rules)(call)
    : problemPage(call, 'The audience is missing or unknown.')

const apiRules: ApiRules = {
  schemes: ['bearer'],
  unauthorized: () => ({ code: 401, message: 'Unauthorized' }),
  missingScope: { code: 403, message: 'The app is missing the required scope.' },
}

const accountIdOf = ({ number }: Person): string =>
  `557058:c6a6e0c1-46d3-4a5b-8d0c-0a1b2c3d${number}`
const pictureOf = (person: Person, { origin }: Call): string =>
  `${origin(avatarHost)}/initials/${person.number}`

const me = ({ person }: Grant, call: Call): unknown => ({
  account_type: 'atlassian',
  account_id: accountIdOf(person),
  email: person.email ?? undefined,
  name: person.name ?? person.handle,
  picture: person.picture ? pictureOf(person, call) : undefined,
  account_status: 'active',
})

const sites = ({ scopes }: Grant): unknown => [
  {
    id: cloudId,
    name: 'dance',
    url: 'https://dance.atlassian.net',
    scopes: scopes.filter((scope) => scope.includes('jira')),
  },
]

/** Jira of one site; what is granted of another is nothing. */
const myself = ({ person }: Grant, { params }: Call): unknown =>
  params['cloudId'] === cloudId
    ? { accountId: accountIdOf(person), displayName: person.name ?? person.handle, active: true }
    : json({ code: 404, message: 'Not Found' }, 404)

const avatar: Handler = ({ params }) => {
  const person = people.find(({ number }) => String(number) === params['number'])
  return person?.picture ? svg(portrait(person)) : json({ message: 'Not Found' }, 404)
}

const cors: Cors = { headers: ['Authorization', 'Content-Type'] }
const place = { host: apiHost, cors }

/**
 * Atlassian Cloud with one site. Pages can read its API, but not its token endpoint.
 * Facts: Atlassian's developer docs (OAuth 2.0 3LO apps), checked 2026-11-23.
 */
export const atlassian: Counterpart = {
  id: 'atlassian',
  name: 'Atlassian',
  hosts: ['auth.atlassian.com', apiHost, avatarHost],
  look: {
    colour: '#0052cc',
    button: '#0052cc',
    mark: 'M7.1 11.3a.7.7 0 0 0-1.2.2L.1 23a.7.7 0 0 0 .6 1h8.1a.7.7 0 0 0 .6-.4c1.8-3.6.7-9-2.3-12.3zM11.4.6a15.5 15.5 0 0 0-.9 15.3l3.9 7.8a.7.7 0 0 0 .6.3h8.2a.7.7 0 0 0 .6-1L12.5.6a.6.6 0 0 0-1.1 0z',
    approve: 'Accept',
    decline: 'Cancel',
  },
  scopes: {
    'read:me': 'View your user profile',
    'read:jira-user': 'View user information in Jira',
    'read:jira-work': 'View Jira issue data',
    'write:jira-work': 'Create and manage issues',
    offline_access: 'Stay connected',
  },
  publicClients: false,
  tokensExpire: true,
  account: ({ email, handle }) => email ?? `${handle}@atlassian.example`,
  routes: [
    onGet('/authorize', 'authorize', ask),
    onPost('/oauth/token', 'token', takesJson(token(rules))),
    onGet('/me', 'api', api(apiRules, ['read:me'], me), place),
    onGet('/oauth/token/accessible-resources', 'api', api(apiRules, [], sites), place),
    onGet(
      '/ex/jira/:cloudId/rest/api/3/myself',
      'api',
      api(apiRules, ['read:jira-user'], myself),
      place,
    ),
    onGet('/initials/:number', 'asset', avatar, { host: avatarHost }),
  ],
}
