import type { Call } from '../counterpart.ts'
import type { Fault, OAuth2Rules } from '../oauth2/rules.ts'
import { json } from '../serve/reply.ts'
import type { Grant } from '../state.ts'
import { objectIdOf, upnOf } from './azure-graph.ts'

/** Contoso's, the company of Microsoft's examples. */
export const tenantId = 'aaaabbbb-0000-cccc-1111-dddd2222eeee'

/** An error in Entra's words. */
export const refusal = (error: string, code: number, message: string, status = 400): Response =>
  json({ error, error_description: `AADSTS${code}: ${message}`, error_codes: [code] }, status)

const refusals: Readonly<Record<Fault, readonly [error: string, code: number, message: string]>> = {
  invalid_request: ['invalid_request', 900_144, 'The request body must contain all parameters.'],
  invalid_client: [
    'invalid_client',
    7_000_218,
    "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  ],
  invalid_code: ['invalid_grant', 70_008, 'The provided authorization code has expired.'],
  wrong_redirect: ['invalid_grant', 50_011, 'The redirect URI does not match.'],
  wrong_verifier: ['invalid_grant', 501_481, 'The Code_Verifier does not match.'],
  invalid_refresh: ['invalid_grant', 700_084, 'The refresh token was issued to a single page app.'],
  unsupported_grant_type: ['unsupported_grant_type', 70_003, 'The grant type is not supported.'],
}

const claims = (grant: Grant, _call: Call): Readonly<Record<string, unknown>> => {
  const { person, scopes } = grant
  return {
    // Pairwise: another one at every app.
    sub: `${grant.clientId}-${person.number}`,
    tid: tenantId,
    ver: '2.0',
    ...(scopes.includes('profile') && {
      oid: objectIdOf(person),
      name: person.name ?? person.handle,
      preferred_username: upnOf(person),
    }),
    ...(scopes.includes('email') && person.email !== null && { email: person.email }),
  }
}

/** For an app under the platform "Web". */
export const web: OAuth2Rules = {
  clientAuth: ['body', 'basic'],
  pkce: 'required-of-public-clients',
  mayOmit: [],
  unknownScopes: 'refused',
  scopeSeparator: { request: / /, reply: ' ' },
  passesUnseen: (query) => !/login|consent|select_account/.test(query.get('prompt') ?? ''),
  hint: 'login_hint',
  declined: { description: 'AADSTS65004: User declined to consent to access the app.' },
  codeLifetime: 600,
  tokenLifetime: 4_799,
  tokenType: 'Bearer',
  refresh: { scope: 'offline_access', keepsOld: true, endsOldAccess: false },
  openid: { issuer: ({ origin }) => `${origin()}/${tenantId}/v2.0`, lifetime: 3600, claims },
  // offline_access is granted by the refresh token itself, and named nowhere.
  members: ({ scopes }) => ({
    ext_expires_in: 4_799,
    scope: scopes.filter((scope) => scope !== 'offline_access').join(' '),
  }),
  reply: 'json',
  redirectUriAtToken: 'required',
  refuse: (fault) => refusal(...refusals[fault], fault === 'invalid_client' ? 401 : 400),
}

/** For one under "Single-page application": 24 hours after the sign-in it is over. */
export const spa: OAuth2Rules = {
  ...web,
  refresh: { scope: 'offline_access', keepsOld: true, hardLifetime: 86_400, endsOldAccess: false },
}
