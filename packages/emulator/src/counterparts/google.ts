import { agreement } from '../consent/ask.ts'
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
import { jwks } from '../oauth2/id-token.ts'
import type { OAuth2Rules } from '../oauth2/rules.ts'
import { token } from '../oauth2/token.ts'
import { people, portrait, type Person } from '../people.ts'
import { json, svg } from '../serve/reply.ts'
import { endTokens, type Grant } from '../state.ts'

const tokenHost = 'oauth2.googleapis.com'
const apiHost = 'www.googleapis.com'
const userInfoHost = 'openidconnect.googleapis.com'
const imageHost = 'lh3.googleusercontent.com'

const longNames: Readonly<Record<string, string>> = {
  email: 'https://www.googleapis.com/auth/userinfo.email',
  profile: 'https://www.googleapis.com/auth/userinfo.profile',
}
const longName = (scope: string): string => longNames[scope] ?? scope

const subjectOf = ({ number }: Person): string => `10769150350006150${number}`

/** Ada's account belongs to a Workspace; the others' are their own. */
const claimsOf = ({ person, scopes }: Grant, { origin }: Call): Record<string, unknown> => {
  const granted = scopes.map(longName)
  const firstName = person.name?.split(' ')[0]
  const mayShow = {
    profile: granted.includes(longName('profile')),
    email: granted.includes(longName('email')) && person.email !== null,
  }
  return {
    sub: subjectOf(person),
    ...(person.key === 'ada' && { hd: 'example.com' }),
    ...(mayShow.email && { email: person.email, email_verified: true }),
    ...(mayShow.profile && person.name !== null && { name: person.name, given_name: firstName }),
    ...(mayShow.profile &&
      person.picture && { picture: `${origin(imageHost)}/a/${subjectOf(person)}=s96-c` }),
  }
}

const rules: OAuth2Rules = {
  clientAuth: ['body', 'basic'],
  pkce: 'optional',
  mayOmit: [],
  unknownScopes: 'ignored',
  scopeSeparator: { request: / /, reply: ' ' },
  scopeInReply: longName,
  passesUnseen: (query) => !/consent|select_account/.test(query.get('prompt') ?? ''),
  hint: 'login_hint',
  codeLifetime: 600,
  tokenLifetime: 3599,
  tokenType: 'Bearer',
  refresh: {
    given: (query, first) =>
      query.get('access_type') === 'offline' &&
      (first || /\bconsent\b/.test(query.get('prompt') ?? '')),
    rotates: false,
    endsOldAccess: false,
  },
  openid: {
    issuer: ({ origin }) => origin(),
    lifetime: 3600,
    claims: (grant, call) => ({ azp: grant.clientId, ...claimsOf(grant, call) }),
  },
  reply: 'json',
  redirectUriAtToken: 'required',
  faults: {
    invalid_client: { error: 'invalid_client', description: 'Unauthorized', status: 401 },
    invalid_code: { error: 'invalid_grant', description: 'Malformed auth code.' },
    wrong_redirect: { error: 'redirect_uri_mismatch', description: 'Bad Request' },
    wrong_verifier: { error: 'invalid_grant', description: 'Invalid code verifier.' },
    invalid_refresh: {
      error: 'invalid_grant',
      description: 'Token has been expired or revoked.',
    },
  },
}

const apiRules: ApiRules = {
  schemes: ['bearer'],
  unauthorized: () => ({ error: 'invalid_request', error_description: 'Invalid Credentials' }),
  missingScope: {
    error: { code: 403, message: 'Request had insufficient authentication scopes.' },
  },
}

const cors: Cors = { headers: ['Authorization', 'Content-Type', 'X-Goog-Api-Key'] }

const userInfo = api(apiRules, ['openid', ...Object.entries(longNames).flat()], claimsOf)

/** Asks for no client: whoever has a token may end it, and with it all that the app was granted. */
const revoke: Handler = ({ form, url, state }) => {
  const held = state.tokens.get(form?.get('token') ?? url.searchParams.get('token') ?? '')
  if (!held) {
    return json({ error: 'invalid_token', error_description: 'Token expired or revoked' }, 400)
  }
  const { clientId, person } = held.grant
  endTokens(state, ({ grant }) => grant.clientId === clientId && grant.person === person)
  state.agreements.delete(agreement(clientId, person))
  return json({})
}

const image: Handler = ({ params }) => {
  const person = people.find(
    (candidate) => candidate.picture && params['file']?.startsWith(`${subjectOf(candidate)}=`),
  )
  return person ? svg(portrait(person)) : json({ error: 'Not Found' }, 404)
}

/** Google, towards a Web application. Facts: Google's OAuth and OpenID Connect docs, checked 2026-11-23. */
export const google: Counterpart = {
  id: 'google',
  name: 'Google',
  hosts: ['accounts.google.com', tokenHost, apiHost, userInfoHost, imageHost],
  look: {
    colour: '#1a73e8',
    button: '#0b57d0',
    mark: 'M12.48 10.92v3.28h7.84c-.24 1.84-.853 3.187-1.787 4.133-1.147 1.147-2.933 2.4-6.053 2.4-4.827 0-8.6-3.893-8.6-8.72s3.773-8.72 8.6-8.72c2.6 0 4.507 1.027 5.907 2.347l2.307-2.307C18.747 1.44 16.133 0 12.48 0 5.867 0 .307 5.387.307 12s5.56 12 12.173 12c3.573 0 6.267-1.173 8.373-3.36 2.16-2.16 2.84-5.213 2.84-7.667 0-.76-.053-1.467-.173-2.053H12.48z',
    approve: 'Continue to',
    decline: 'Cancel',
  },
  scopes: {
    openid: 'Know who you are on Google',
    email: 'See your e-mail address',
    profile: 'See your name and picture',
    'https://www.googleapis.com/auth/userinfo.email': 'See your e-mail address',
    'https://www.googleapis.com/auth/userinfo.profile': 'See your name and picture',
    'https://www.googleapis.com/auth/calendar.readonly': 'See your calendars',
    'https://www.googleapis.com/auth/drive.file': 'Use the files that you open with this app',
  },
  publicClients: false,
  tokensExpire: true,
  account: ({ email, handle }) => email ?? `${handle}@gmail.example`,
  routes: [
    onGet('/o/oauth2/v2/auth', 'authorize', authorize(rules)),
    // Readable by pages, but of no use to them: the secret is wanted all the same.
    onPost('/token', 'token', token(rules), { host: tokenHost, cors: { headers: [] } }),
    onPost('/revoke', 'revocation', revoke, { host: tokenHost, cors: { headers: [] } }),
    onGet('/oauth2/v3/certs', 'other', jwks, { host: apiHost, cors }),
    onGet('/oauth2/v3/userinfo', 'api', userInfo, { host: apiHost, cors }),
    onGet('/v1/userinfo', 'api', userInfo, { host: userInfoHost, cors }),
    onGet('/a/:file', 'asset', image, { host: imageHost }),
  ],
}
