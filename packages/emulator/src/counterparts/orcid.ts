import { onGet, onPost, type Call, type Counterpart } from '../counterpart.ts'
import { api, type ApiRules } from '../oauth2/api.ts'
import { authorize } from '../oauth2/authorize.ts'
import { revoke } from '../oauth2/revoke.ts'
import type { OAuth2Rules } from '../oauth2/rules.ts'
import { token } from '../oauth2/token.ts'
import type { Person } from '../people.ts'
import { json } from '../serve/reply.ts'
import type { Grant } from '../state.ts'

const apiHost = 'pub.orcid.org'

const iDOf = ({ number }: Person): string => `0000-0002-${number}-0097`

const rules: OAuth2Rules = {
  clientAuth: ['body'],
  pkce: 'ignored',
  mayOmit: [],
  unknownScopes: 'refused',
  scopeSeparator: { request: / /, reply: ' ' },
  declined: { description: 'User denied access' },
  codeLifetime: 600,
  // About twenty years.
  tokenLifetime: 631_138_518,
  tokenType: 'bearer',
  refresh: { rotates: false, endsOldAccess: false },
  members: ({ person }) => ({ orcid: iDOf(person), name: person.name ?? person.handle }),
  reply: 'json',
  redirectUriAtToken: 'required',
}

const apiRules: ApiRules = {
  schemes: ['bearer'],
  unauthorized: () => ({ error: 'invalid_token', error_description: 'Invalid access token' }),
  missingScope: { error: 'insufficient_scope', error_description: 'Insufficient scope' },
}

const userInfo = ({ person }: Grant): unknown => {
  const [given, family] = (person.name ?? person.handle).split(' ')
  return {
    id: `https://orcid.org/${iDOf(person)}`,
    sub: iDOf(person),
    name: null,
    given_name: given,
    family_name: family ?? null,
  }
}

/** The public part of the person's own record; it speaks XML unless JSON is asked for. */
const record = ({ person }: Grant, { params, request }: Call): unknown => {
  if (params['id'] !== iDOf(person)) return json({ 'response-code': 404 }, 404)
  const wantsJson = /json/.test(request.headers.get('accept') ?? '')
  return wantsJson
    ? { 'orcid-identifier': { path: iDOf(person), host: 'orcid.org' }, person: { name: null } }
    : new Response('<record/>', { headers: { 'Content-Type': 'application/xml' } })
}

/** ORCID's registry. Facts: ORCID's docs, checked 2026-11-23. */
export const orcid: Counterpart = {
  id: 'orcid',
  name: 'ORCID',
  hosts: ['orcid.org', apiHost],
  look: {
    colour: '#a6ce39',
    button: '#4d6a12',
    mark: 'M12 0a12 12 0 1 1 0 24 12 12 0 0 1 0-24zM7.4 5.1a.9.9 0 1 0 0 1.8.9.9 0 0 0 0-1.8zM6.7 8.2v9.5h1.4V8.2zM10.3 8.2v9.5h3.9c3.1 0 5.1-2.2 5.1-4.750s-1.9-4.750-5.1-4.750zM11.7 9.5h2.3c2.6 0 3.8 1.7 3.8 3.450s-1.2 3.450-3.8 3.450h-2.3z',
    approve: 'Authorize access for',
    decline: 'Deny access',
  },
  scopes: {
    openid: 'Know who you are on ORCID',
    '/authenticate': 'Get your ORCID iD',
    '/read-limited': 'Read what you share with trusted parties',
  },
  publicClients: false,
  tokensExpire: true,
  account: iDOf,
  routes: [
    onGet('/oauth/authorize', 'authorize', authorize(rules)),
    onPost('/oauth/token', 'token', token(rules)),
    onPost('/oauth/revoke', 'revocation', revoke(rules, 'grant')),
    onGet('/oauth/userinfo', 'api', api(apiRules, ['openid'], userInfo)),
    onGet('/v3.0/:id/record', 'api', api(apiRules, [], record), { host: apiHost }),
  ],
}
