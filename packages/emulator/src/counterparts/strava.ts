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
import type { Fault, OAuth2Rules } from '../oauth2/rules.ts'
import { token } from '../oauth2/token.ts'
import { people, portrait, type Person } from '../people.ts'
import { json, svg } from '../serve/reply.ts'
import { endTokens, type Grant } from '../state.ts'

const imageHost = 'dgalywyr863hv.cloudfront.net'

const fault = (message: string, resource: string, field: string): unknown => ({
  message,
  errors: [{ resource, field, code: 'invalid' }],
})

const fields: Readonly<Record<Fault, readonly [resource: string, field: string]>> = {
  invalid_request: ['Application', 'client_id'],
  invalid_client: ['Application', 'client_secret'],
  invalid_code: ['AuthorizationCode', 'code'],
  wrong_redirect: ['AuthorizationCode', 'redirect_uri'],
  wrong_verifier: ['AuthorizationCode', 'code'],
  invalid_refresh: ['RefreshToken', 'refresh_token'],
  unsupported_grant_type: ['Application', 'grant_type'],
}

const summaryOf = (person: Person, { origin }: Call): unknown => ({
  id: person.number,
  username: person.handle,
  resource_state: 2,
  firstname: person.name?.split(' ')[0] ?? person.handle,
  lastname: person.name?.split(' ').slice(1).join(' ') ?? '',
  profile: person.picture
    ? `${origin(imageHost)}/pictures/athletes/${person.number}/large.jpg`
    : 'avatar/athlete/large.png',
})

const rules: OAuth2Rules = {
  clientAuth: ['body'],
  pkce: 'ignored',
  mayOmit: [],
  unknownScopes: 'refused',
  scopeSeparator: { request: /,/ },
  passesUnseen: (query) => query.get('approval_prompt') !== 'force',
  // A person may untick what was asked for, and only the redirect tells.
  approved: ({ scopes }) => ({ scope: scopes.join(',') }),
  codeLifetime: 600,
  tokenLifetime: 21_600,
  tokenType: 'Bearer',
  refresh: { endsOldAccess: false },
  arrange: (members, { grant, refreshToken }, call) => ({
    ...members,
    expires_at: Math.floor(call.now / 1000) + Number(members['expires_in']),
    ...(!refreshToken && { athlete: summaryOf(grant.person, call) }),
  }),
  reply: 'json',
  redirectUriAtToken: 'optional',
  refuse: (what) => json(fault('Bad Request', ...fields[what]), 400),
}

const apiRules: ApiRules = {
  schemes: ['bearer'],
  unauthorized: () => fault('Authorization Error', 'Athlete', 'access_token'),
  missingScope: fault('Authorization Error', 'Athlete', 'access_token'),
}

/** Takes the app off the athlete's list. */
const deauthorise: Handler = ({ form, url, state, now }) => {
  const value = form?.get('access_token') ?? url.searchParams.get('access_token') ?? ''
  const held = state.tokens.get(value)
  if (held?.kind !== 'access' || held.expiresAt <= now)
    return json(apiRules.unauthorized(true), 401)
  const { clientId, person } = held.grant
  endTokens(state, ({ grant }) => grant.clientId === clientId && grant.person === person)
  return json({ access_token: value })
}

const image: Handler = ({ params }) => {
  const person = people.find(({ number }) => params['id'] === String(number))
  return person?.picture ? svg(portrait(person)) : json({ message: 'Record Not Found' }, 404)
}

const cors: Cors = { headers: ['Authorization', 'Content-Type'] }
const athlete = ({ person }: Grant, call: Call): unknown => summaryOf(person, call)

/** Strava. Facts: developers.strava.com, checked 2026-11-23. */
export const strava: Counterpart = {
  id: 'strava',
  name: 'Strava',
  hosts: ['www.strava.com', imageHost],
  look: {
    colour: '#fc4c02',
    button: '#c43c02',
    mark: 'M15.387 17.944l-2.089-4.116h-3.065L15.387 24l5.15-10.172h-3.066m-7.008-5.599l2.836 5.598h4.172L10.463 0l-7 13.828h4.169',
    approve: 'Authorize',
    decline: 'Cancel',
  },
  scopes: {
    read: 'View public profile',
    read_all: 'View private routes, profile and events',
    'profile:read_all': 'View your complete Strava profile',
    'activity:read': 'View data about your activities',
  },
  publicClients: false,
  tokensExpire: true,
  account: ({ email, handle }) => email ?? handle,
  routes: [
    onGet('/oauth/authorize', 'authorize', authorize(rules)),
    onPost('/oauth/token', 'token', token(rules)),
    onPost('/oauth/deauthorize', 'revocation', deauthorise),
    onGet('/api/v3/athlete', 'api', api(apiRules, ['read', 'profile:read_all'], athlete), { cors }),
    onGet('/pictures/athletes/:id/large.jpg', 'asset', image, { host: imageHost }),
  ],
}
