import {
  onDelete,
  onGet,
  onPost,
  type Cors,
  type Counterpart,
  type Handler,
  type Route,
} from '../counterpart.ts'
import { api, type ApiRules } from '../oauth2/api.ts'
import { authenticateClient } from '../oauth2/authenticate.ts'
import { authorize } from '../oauth2/authorize.ts'
import { jwks } from '../oauth2/id-token.ts'
import type { Fault, OAuth2Rules } from '../oauth2/rules.ts'
import { token } from '../oauth2/token.ts'
import { json } from '../serve/reply.ts'
import { keep, randomText } from '../state.ts'
import { deauthorise, failure, idOf, image, imageHost, me } from './facebook-graph.ts'

const graphHost = 'graph.facebook.com'
const keysHost = 'limited.facebook.com'
/** Of a token that was swapped: 60 days, in seconds. */
const longLifetime = 5_184_000

const refusals: Readonly<Record<Fault, readonly [code: number, message: string]>> = {
  invalid_request: [1, 'Invalid request.'],
  invalid_client: [1, 'Error validating client secret.'],
  invalid_code: [100, 'This authorization code has been used.'],
  wrong_redirect: [
    100,
    'Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request',
  ],
  wrong_verifier: [100, 'Invalid code_verifier.'],
  invalid_refresh: [1, 'Unsupported grant_type.'],
  unsupported_grant_type: [1, 'Unsupported grant_type.'],
}

const rules: OAuth2Rules = {
  clientAuth: ['body'],
  // Without a secret there is only the OpenID Connect flow, which wants PKCE and `openid`.
  pkce: 'required-of-public-clients',
  publicClientScope: 'openid',
  mayOmit: ['response_type', 'scope'],
  unknownScopes: 'refused',
  scopeSeparator: { request: /[\s,]+/ },
  declined: { description: 'Permissions error' },
  fragment: '#_=_',
  codeLifetime: 600,
  tokenLifetime: 5400,
  tokenType: 'bearer',
  tokenPrefix: { access: 'EAA', refresh: '' },
  openid: {
    issuer: ({ origin }) => origin(),
    lifetime: 3600,
    claims: ({ person, scopes }) => ({
      sub: idOf(person),
      ...(scopes.includes('public_profile') && { name: person.name ?? person.handle }),
      ...(scopes.includes('email') && person.email !== null && { email: person.email }),
    }),
  },
  reply: 'json',
  redirectUriAtToken: 'required',
  refuse: (fault) => json(failure(...refusals[fault]), 400),
}

const apiRules: ApiRules = {
  schemes: ['bearer', 'oauth'],
  unauthorized: (sent) =>
    sent
      ? failure(190, 'Error validating access token.')
      : failure(2500, 'An active access token must be used to query information about the user.'),
  missingScope: failure(200, 'Permissions error'),
}

const cors: Cors = { headers: ['Authorization', 'Content-Type'] }

/** Gives another token for one that lives, which goes on living: 60 days, for the secret only. */
const swap: Handler = (call) => {
  const { form, state, now } = call
  const client = authenticateClient(call, rules.clientAuth)
  if (!client?.clientSecret) return json(failure(...refusals.invalid_client), 400)
  const held = state.tokens.get(form?.get('fb_exchange_token') ?? '')
  if (held?.kind !== 'access' || held.expiresAt <= now || held.grant.clientId !== client.clientId) {
    return json(failure(190, 'Error validating access token.'), 400)
  }
  const value = `EAA${randomText()}`
  const expiresAt = now + longLifetime * 1000
  keep(state.tokens, value, { kind: 'access', grant: held.grant, expiresAt })
  return json({ access_token: value, token_type: 'bearer', expires_in: longLifetime })
}

const tokens: Handler = (call) =>
  call.form?.get('grant_type') === 'fb_exchange_token' ? swap(call) : token(rules)(call)

/** The token endpoint takes its parameters from the query as well. */
const tokensByQuery: Handler = (call) => tokens({ ...call, form: call.url.searchParams })

/** With a version in the path, and without. */
const routes: readonly Route[] = ['', '/:version{v[0-9]+\\.[0-9]+}'].flatMap((base) => [
  onGet(`${base}/dialog/oauth`, 'authorize', authorize(rules)),
  onPost(`${base}/oauth/access_token`, 'token', tokens, { host: graphHost, cors }),
  onGet(`${base}/oauth/access_token`, 'token', tokensByQuery, { host: graphHost, cors }),
  onGet(`${base}/me`, 'api', api(apiRules, ['public_profile'], me), { host: graphHost, cors }),
  onDelete(`${base}/me/permissions`, 'revocation', api(apiRules, [], deauthorise), {
    host: graphHost,
    cors,
  }),
])

/** Facebook Login. Facts: Meta's developer docs, social-core and better-auth, checked 2026-11-23. */
export const facebook: Counterpart = {
  id: 'facebook',
  name: 'Facebook',
  hosts: ['www.facebook.com', graphHost, imageHost, keysHost],
  look: {
    colour: '#0866ff',
    button: '#0757d9',
    mark: 'M24 12.073c0-6.627-5.373-12-12-12s-12 5.373-12 12c0 5.99 4.388 10.954 10.125 11.854v-8.385H7.078v-3.47h3.047V9.43c0-3.007 1.792-4.669 4.533-4.669 1.312 0 2.686.235 2.686.235v2.953H15.83c-1.491 0-1.956.925-1.956 1.874v2.25h3.328l-.532 3.47h-2.796v8.385C19.612 23.027 24 18.062 24 12.073z',
    approve: 'Continue',
    decline: 'Cancel',
  },
  scopes: {
    openid: 'Know who you are on Facebook',
    public_profile: 'Receive your name and picture',
    email: 'Receive your e-mail address',
    user_birthday: 'Receive your birthday',
    user_friends: 'Receive the list of your friends who use the app',
  },
  publicClients: true,
  tokensExpire: true,
  account: (person) => person.email ?? person.handle,
  routes: [
    ...routes,
    onGet('/.well-known/oauth/openid/jwks/', 'other', jwks, { host: keysHost, cors }),
    onGet('/platform/profilepic/', 'asset', image, { host: imageHost }),
  ],
}
