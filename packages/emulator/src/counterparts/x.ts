import { onGet, onPost, type Counterpart } from '../counterpart.ts'
import { api, type ApiRules } from '../oauth2/api.ts'
import { authorize } from '../oauth2/authorize.ts'
import { revoke } from '../oauth2/revoke.ts'
import type { OAuth2Rules } from '../oauth2/rules.ts'
import { token } from '../oauth2/token.ts'
import { json } from '../serve/reply.ts'
import { imageHost, me, pictures, post, problem, screenName } from './x-api.ts'

const apiHost = 'api.x.com'

const rules: OAuth2Rules = {
  clientAuth: ['basic'],
  pkce: 'required',
  mayOmit: [],
  unknownScopes: 'refused',
  scopeSeparator: { request: / /, reply: ' ' },
  codeLifetime: 30,
  tokenLifetime: 7200,
  tokenType: 'bearer',
  refresh: { scope: 'offline.access', endsOldAccess: false },
  reply: 'json',
  redirectUriAtToken: 'required',
  // What is dead is `invalid_request` here, as many a client's issue tracker shows.
  faults: {
    invalid_client: {
      error: 'unauthorized_client',
      description: 'Missing valid authorization header',
    },
    invalid_code: {
      error: 'invalid_request',
      description: 'Value passed for the authorization code was invalid.',
    },
    wrong_redirect: {
      error: 'invalid_request',
      description:
        'Value passed for the redirect uri did not match the uri of the authorization code.',
    },
    wrong_verifier: {
      error: 'invalid_request',
      description: 'Value passed for the code verifier did not match the code challenge.',
    },
    invalid_refresh: {
      error: 'invalid_request',
      description: 'Value passed for the token was invalid.',
    },
  },
}

const apiRules: ApiRules = {
  schemes: ['bearer'],
  unauthorized: () => ({
    title: 'Unauthorized',
    type: 'about:blank',
    status: 401,
    detail: 'Unauthorized',
  }),
  missingScope: {
    title: 'Forbidden',
    type: 'about:blank',
    status: 403,
    detail: 'Forbidden',
  },
}

/** A profile needs both scopes. */
const readMe = api(apiRules, ['users.read'], (grant, call) => {
  if (!grant.scopes.includes('tweet.read')) return problem(403, 'Forbidden')
  return json(me(grant, call))
})

const host = { host: apiHost }

/**
 * X over OAuth 2.0: PKCE always, Basic for a client with a secret, codes of 30 seconds, and no CORS
 * anywhere. Facts: X's developer docs, checked 2026-11-23.
 */
export const x: Counterpart = {
  id: 'x',
  name: 'X',
  hosts: ['x.com', apiHost, imageHost],
  look: {
    colour: '#0f1419',
    button: '#0f1419',
    mark: 'M18.901 1.153h3.68l-8.04 9.19L24 22.846h-7.406l-5.8-7.584-6.638 7.584H.474l8.6-9.83L0 1.154h7.594l5.243 6.932ZM17.61 20.644h2.039L6.486 3.24H4.298Z',
    approve: 'Authorize app',
    decline: 'Cancel',
  },
  scopes: {
    'users.read': 'See any account that you can see',
    'users.email': 'See your e-mail address',
    'tweet.read': 'See all posts that you can see',
    'tweet.write': 'Post for you',
    'follows.read': 'See whom you follow',
    'offline.access': 'Stay connected to your account until you revoke access',
  },
  publicClients: true,
  tokensExpire: true,
  account: (person) => `@${screenName(person)}`,
  routes: [
    onGet('/i/oauth2/authorize', 'authorize', authorize(rules)),
    onPost('/2/oauth2/token', 'token', token(rules), host),
    onPost('/2/oauth2/revoke', 'revocation', revoke(rules, 'grant'), host),
    onGet('/2/users/me', 'api', readMe, host),
    onPost('/2/tweets', 'api', api(apiRules, ['tweet.write'], post), host),
    ...pictures,
  ],
}
