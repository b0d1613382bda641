import { onGet, onPost, type Cors, type Counterpart, type Handler } from '../counterpart.ts'
import { api, type ApiRules } from '../oauth2/api.ts'
import { authorize } from '../oauth2/authorize.ts'
import { takesJson } from '../oauth2/json-body.ts'
import type { Fault, OAuth2Rules } from '../oauth2/rules.ts'
import { token } from '../oauth2/token.ts'
import type { Person } from '../people.ts'
import { json } from '../serve/reply.ts'
import { endTokens, toBase64Url, type Grant } from '../state.ts'

const refusal = (error: string, description: string, status = 400): Response =>
  json(
    {
      error,
      error_description: description,
      error_uri: `developer.nylas.com/docs/api/errors/${status}-response/`,
      error_code: String(status),
    },
    status,
  )

const refusals: Readonly<Record<Fault, readonly [error: string, description: string]>> = {
  invalid_request: ['invalid_request', 'A required parameter is missing or malformed.'],
  invalid_client: ['invalid_client', 'Client authentication failed.'],
  invalid_code: ['invalid_grant', 'Code is invalid, expired or used.'],
  wrong_redirect: ['invalid_grant', 'The redirect_uri is not the one of the authorization.'],
  wrong_verifier: ['invalid_grant', 'The code_verifier does not match the code_challenge.'],
  invalid_refresh: ['invalid_grant', 'The refresh token is invalid or revoked.'],
  unsupported_grant_type: ['unsupported_grant_type', 'The grant_type is not supported.'],
}

/** Base64url of the hash's hexadecimal text: a standard challenge never matches. */
const challengeOf = (hash: Uint8Array): string => {
  const hex = [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return toBase64Url(new TextEncoder().encode(hex))
}

const grantIdOf = ({ number }: Person): string => `e19f8e1a-eb1c-41c0-b6a6-d2e59da${number}7f`
const addressOf = ({ email, handle }: Person): string => email ?? `${handle}@mail.example`

const rules: OAuth2Rules = {
  clientAuth: ['body'],
  pkce: 'required-of-public-clients',
  challenge: challengeOf,
  // Without a scope the connector's own are asked for.
  mayOmit: ['scope'],
  unknownScopes: 'refused',
  scopeSeparator: { request: / /, reply: ' ' },
  hint: 'login_hint',
  codeLifetime: 600,
  tokenLifetime: 3600,
  tokenType: 'Bearer',
  refresh: {
    given: (query) => query.get('access_type') === 'offline',
    rotates: false,
    endsOldAccess: false,
  },
  members: ({ person }) => ({
    grant_id: grantIdOf(person),
    email: addressOf(person),
    provider: 'google',
  }),
  reply: 'json',
  redirectUriAtToken: 'required',
  refuse: (fault) => refusal(...refusals[fault], fault === 'invalid_client' ? 401 : 400),
}

/** A refresh wants the API key, which an app in a page has not. */
const redeem: Handler = (call) => {
  const { form } = call
  const isRefresh = form?.get('grant_type') === 'refresh_token'
  return isRefresh && !form?.get('client_secret')
    ? refusal('invalid_request', 'client_secret is required with grant_type refresh_token.')
    : token(rules)(call)
}

const apiRules: ApiRules = {
  schemes: ['bearer'],
  unauthorized: () => ({
    request_id: '5fa64c92-e840-4357-86b9-2aa364d35b88',
    error: { type: 'unauthorized', message: 'Unauthorized' },
  }),
  missingScope: { error: { type: 'insufficient_scopes', message: 'Insufficient scopes' } },
}

const grantOf = ({ person, scopes }: Grant): unknown => ({
  request_id: '5967ca40-a2d8-4ee0-a0e0-6f18ace39a90',
  data: {
    id: grantIdOf(person),
    provider: 'google',
    grant_status: 'valid',
    email: addressOf(person),
    name: person.name ?? undefined,
    scope: scopes,
  },
})

/** By an access token or the API key; it ends all tokens of the login, and leaves the grant. */
const revoke: Handler = (call) => {
  const { request, url, state } = call
  const [, proof = ''] = /^Bearer (.+)$/i.exec(request.headers.get('authorization') ?? '') ?? []
  const isKey = call.registrations.some(({ clientSecret }) => clientSecret === proof)
  if (!isKey && state.tokens.get(proof)?.kind !== 'access') {
    return json(apiRules.unauthorized(proof !== ''), 401)
  }
  const held = state.tokens.get(url.searchParams.get('token') ?? '')
  if (!held) return refusal('invalid_token', 'Token expired or revoked')
  endTokens(state, ({ grant }) => grant === held.grant)
  return json({})
}

const cors: Cors = { headers: ['Authorization', 'Content-Type'] }

/**
 * Nylas v3. An app registered without a secret is one of the platform "JavaScript"; the API key is
 * the secret of the others. There is no ID token here: who issues Nylas's is not documented.
 * Facts: Nylas's docs and `@nylas/connect` 1.2.5, checked 2026-11-23.
 */
export const nylas: Counterpart = {
  id: 'nylas',
  name: 'Nylas',
  hosts: ['api.us.nylas.com'],
  look: {
    colour: '#2e5bff',
    button: '#2548cc',
    mark: 'M4 20V4h4.2l7.6 9.6V4H20v16h-4.2L8.2 10.4V20z',
    approve: 'Continue to',
    decline: 'Cancel',
  },
  scopes: {
    openid: 'Know who you are',
    email: 'See your e-mail address',
    'https://www.googleapis.com/auth/gmail.readonly': 'Read your mail',
    'https://www.googleapis.com/auth/calendar': 'See and change your calendars',
  },
  publicClients: true,
  tokensExpire: true,
  account: addressOf,
  routes: [
    onGet('/v3/connect/auth', 'authorize', authorize(rules)),
    onPost('/v3/connect/token', 'token', takesJson(redeem), { cors }),
    onPost('/v3/connect/revoke', 'revocation', revoke, { cors }),
    onGet('/v3/grants/me', 'api', api(apiRules, [], grantOf), { cors }),
  ],
}
