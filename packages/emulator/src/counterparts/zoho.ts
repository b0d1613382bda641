import {
  onGet,
  onPost,
  type Call,
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
import { json } from '../serve/reply.ts'
import type { Grant } from '../state.ts'

interface Centre {
  readonly location: string
  readonly accounts: string
  readonly apis: string
}

const us: Centre = { location: 'us', accounts: 'accounts.zoho.com', apis: 'www.zohoapis.com' }
const eu: Centre = { location: 'eu', accounts: 'accounts.zoho.eu', apis: 'www.zohoapis.eu' }

/** Ada's data lies in Europe, and everyone else's in the United States. */
const centreOf = ({ key }: Person): Centre => (key === 'ada' ? eu : us)

const zuidOf = ({ number }: Person): number => 670_000_000 + number

// What is wrong with a token request has status 200.
const fault = (error: string) => ({ error, status: 200 })

const rules: OAuth2Rules = {
  clientAuth: ['body'],
  pkce: 'optional',
  mayOmit: [],
  unknownScopes: 'refused',
  scopeSeparator: { request: /,/ },
  approved: ({ person }, _first, { origin }) => ({
    location: centreOf(person).location,
    'accounts-server': origin(centreOf(person).accounts),
  }),
  codeLifetime: 60,
  tokenLifetime: 3600,
  tokenType: 'Bearer',
  tokenPrefix: { access: '1000.', refresh: '1000.' },
  refresh: {
    given: (query, first) =>
      query.get('access_type') === 'offline' && (first || query.get('prompt') === 'consent'),
    rotates: false,
    endsOldAccess: false,
  },
  arrange: (members, { grant }, { origin }) => ({
    ...members,
    api_domain: origin(centreOf(grant.person).apis),
  }),
  reply: 'json',
  redirectUriAtToken: 'required',
  faults: {
    invalid_request: fault('invalid_request'),
    invalid_client: fault('invalid_client'),
    invalid_code: fault('invalid_code'),
    wrong_redirect: fault('invalid_redirect_uri'),
    wrong_verifier: fault('invalid_code'),
    invalid_refresh: fault('invalid_code'),
  },
}

/** A data centre knows no code and no token of another. */
const only =
  (centre: Centre, refused: () => Response, handle: Handler): Handler =>
  (call) => {
    const { state, form, request } = call
    const [, bearer] = (request.headers.get('authorization') ?? '').split(' ')
    const sent = [bearer, ...(form?.values() ?? [])].map((value = '') => value)
    const held = sent.flatMap((value) => state.codes.get(value) ?? state.tokens.get(value) ?? [])
    return held.every(({ grant }) => centreOf(grant.person) === centre) ? handle(call) : refused()
  }

const noCode = (): Response => json({ error: 'invalid_code' })
const noRevocation = (): Response => json({ error: 'invalid_code' }, 400)
const invalid = { code: 'INVALID_TOKEN', message: 'invalid oauth token', status: 'error' }
const noToken = (): Response => json(invalid, 401)

const apiRules: ApiRules = {
  // Its token type says otherwise.
  schemes: ['zoho-oauthtoken'],
  unauthorized: () => invalid,
  missingScope: { code: 'OAUTH_SCOPE_MISMATCH', message: 'invalid oauth scope', status: 'error' },
}

const info = ({ person }: Grant): unknown => ({
  ZUID: zuidOf(person),
  Display_Name: person.name ?? person.handle,
  Email: person.email ?? `${person.handle}@zoho.example`,
})

const users = ({ person }: Grant, { origin }: Call): unknown => ({
  users: [
    {
      id: `4150868000000${person.number}`,
      zuid: String(zuidOf(person)),
      full_name: person.name ?? person.handle,
      email: person.email,
      $self: `${origin(centreOf(person).apis)}/crm/v8/users/4150868000000${person.number}`,
    },
  ],
})

/** Of a server-based application's tokens only the refresh token can be revoked. */
const revocation =
  (handle: Handler): Handler =>
  async (call) => {
    const held = call.state.tokens.get(call.form?.get('token') ?? '')
    if (held?.kind !== 'refresh') return noRevocation()
    const reply = await handle(call)
    return reply.status === 200 ? json({ status: 'success' }) : reply
  }

const routesOf = (centre: Centre): readonly Route[] => {
  const host = centre.accounts
  const profile = only(centre, noToken, api(apiRules, ['AaaServer.profile.READ'], info))
  const crm = only(centre, noToken, api(apiRules, ['ZohoCRM.users.READ'], users))
  const revoked = only(centre, noRevocation, revocation(revoke(rules, 'grant')))
  return [
    onGet('/oauth/v2/auth', 'authorize', authorize(rules), { host }),
    onPost('/oauth/v2/token', 'token', only(centre, noCode, token(rules)), { host }),
    onPost('/oauth/v2/token/revoke', 'revocation', revoked, { host }),
    onGet('/oauth/user/info', 'api', profile, { host }),
    onGet('/crm/v8/users', 'api', crm, { host: centre.apis }),
  ]
}

/** Zoho with two data centres. No CORS. Facts: zoho.com/accounts/protocol/oauth, Nango, checked 2026-11-23. */
export const zoho: Counterpart = {
  id: 'zoho',
  name: 'Zoho',
  hosts: [us.accounts, eu.accounts, us.apis, eu.apis],
  look: {
    colour: '#e42527',
    button: '#c8202f',
    mark: 'M1 8.500h6v7H1zM7.800 9.600l5.300-2.200 2.500 6.100-5.300 2.200zM17 8.500h6v7h-6z',
    approve: 'Accept',
    decline: 'Reject',
  },
  scopes: {
    'AaaServer.profile.READ': 'Read your profile',
    'ZohoCRM.users.READ': 'Read the users of your CRM',
    'ZohoCRM.modules.READ': 'Read the records of your CRM',
  },
  publicClients: false,
  tokensExpire: true,
  account: ({ email, handle }) => email ?? handle,
  routes: [...routesOf(us), ...routesOf(eu)],
}
