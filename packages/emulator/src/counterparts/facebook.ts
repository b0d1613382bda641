import {
  onDelete,
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
import type { Fault, OAuth2Rules } from '../oauth2/rules.ts'
import { token } from '../oauth2/token.ts'
import { people, portrait, type Person } from '../people.ts'
import { json, svg } from '../serve/reply.ts'
import { endTokens, type Grant } from '../state.ts'

const graphHost = 'graph.facebook.com'
const imageHost = 'platform-lookaside.fbsbx.com'

/** Where RFC 6749 has a string, Graph has an object. */
const failure = (code: number, message: string): unknown => ({
  error: { message, type: 'OAuthException', code, fbtrace_id: 'AEmulatedTrace' },
})

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
  pkce: 'optional',
  mayOmit: ['response_type', 'scope'],
  unknownScopes: 'refused',
  scopeSeparator: { request: /[\s,]+/ },
  declined: { description: 'Permissions error' },
  fragment: '#_=_',
  codeLifetime: 600,
  tokenLifetime: 5400,
  tokenType: 'bearer',
  tokenPrefix: { access: 'EAA', refresh: '' },
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

const idOf = ({ number }: Person): string => `1022345670${number}`

/** `id` and `name`, unless `fields` says what is wanted. `email` may be absent whatever was granted. */
const me = ({ person, scopes }: Grant, { url, origin }: Call): unknown => {
  const known: Record<string, unknown> = {
    id: idOf(person),
    name: person.name ?? person.handle,
    ...(scopes.includes('email') && person.email !== null && { email: person.email }),
    picture: {
      data: {
        height: 50,
        width: 50,
        is_silhouette: !person.picture,
        url: `${origin(imageHost)}/platform/profilepic/?asid=${idOf(person)}`,
      },
    },
  }
  const wanted = ['id', ...(url.searchParams.get('fields') ?? 'name').split(',')]
  return Object.fromEntries(Object.entries(known).filter(([name]) => wanted.includes(name)))
}

/** Takes the app off the person's list: all of its tokens for that person end. */
const deauthorise = (held: Grant, { state }: Call): unknown => {
  endTokens(state, ({ grant }) => grant.clientId === held.clientId && grant.person === held.person)
  return { success: true }
}

const image: Handler = ({ url }) => {
  const person = people.find((one) => idOf(one) === url.searchParams.get('asid'))
  return person ? svg(portrait(person)) : json(failure(100, 'Not Found'), 404)
}

/** The token endpoint takes its parameters from the query as well. */
const tokenByQuery: Handler = (call) => token(rules)({ ...call, form: call.url.searchParams })

/** With a version in the path, and without. */
const routes: readonly Route[] = ['', '/:version{v[0-9]+\\.[0-9]+}'].flatMap((base) => [
  onGet(`${base}/dialog/oauth`, 'authorize', authorize(rules)),
  onPost(`${base}/oauth/access_token`, 'token', token(rules), { host: graphHost, cors }),
  onGet(`${base}/oauth/access_token`, 'token', tokenByQuery, { host: graphHost, cors }),
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
  hosts: ['www.facebook.com', graphHost, imageHost],
  look: {
    colour: '#0866ff',
    button: '#0757d9',
    mark: 'M24 12.073c0-6.627-5.373-12-12-12s-12 5.373-12 12c0 5.99 4.388 10.954 10.125 11.854v-8.385H7.078v-3.47h3.047V9.43c0-3.007 1.792-4.669 4.533-4.669 1.312 0 2.686.235 2.686.235v2.953H15.83c-1.491 0-1.956.925-1.956 1.874v2.25h3.328l-.532 3.47h-2.796v8.385C19.612 23.027 24 18.062 24 12.073z',
    approve: 'Continue',
    decline: 'Cancel',
  },
  scopes: {
    public_profile: 'Receive your name and picture',
    email: 'Receive your e-mail address',
    user_birthday: 'Receive your birthday',
    user_friends: 'Receive the list of your friends who use the app',
  },
  publicClients: false,
  tokensExpire: true,
  account: (person) => person.email ?? person.handle,
  routes: [...routes, onGet('/platform/profilepic/', 'asset', image, { host: imageHost })],
}
