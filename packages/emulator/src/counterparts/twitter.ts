import {
  onGet,
  onPost,
  type Call,
  type Counterpart,
  type Handler,
  type Route,
} from '../counterpart.ts'
import { signedApi } from '../oauth1/api.ts'
import { authorize } from '../oauth1/authorize.ts'
import { accessToken, requestToken } from '../oauth1/credentials.ts'
import type { Fault, OAuth1Rules } from '../oauth1/verify.ts'
import type { Person } from '../people.ts'
import { json } from '../serve/reply.ts'
import type { Grant } from '../state.ts'
import {
  idOf,
  imageHost,
  me,
  nameOf,
  pictureOf,
  pictures,
  post,
  problem,
  screenName,
} from './x-api.ts'

/** The name of today, and the one that older clients still sign for. */
const apiHosts = ['api.x.com', 'api.twitter.com'] as const

const refusals: Readonly<Record<Fault, readonly [status: number, code: number, message: string]>> =
  {
    malformed: [400, 215, 'Bad Authentication data.'],
    client: [401, 32, 'Could not authenticate you.'],
    method: [400, 215, 'Bad Authentication data.'],
    signature: [401, 32, 'Could not authenticate you.'],
    nonce: [401, 32, 'Could not authenticate you.'],
    token: [401, 89, 'Invalid or expired token.'],
    verifier: [401, 89, 'Invalid or expired token.'],
    timestamp: [401, 135, 'Timestamp out of bounds.'],
    callback: [403, 415, 'Callback URL not approved for this client application.'],
  }

/** OAuth and the API's version 1.1. */
const rules: OAuth1Rules = {
  signature: 'HMAC-SHA1',
  clockTolerance: 300,
  requestTokenLifetime: 600,
  refuse: (fault) => {
    const [status, code, message] = refusals[fault]
    return json({ errors: [{ code, message }] }, status)
  },
}

/** The API's version 2, whose errors are problem documents (RFC 9457). */
const rules2: OAuth1Rules = { ...rules, refuse: () => problem(401, 'Unauthorized') }

const credentials = ({ person }: Grant, call: Call): unknown => ({
  id: Number(idOf(person)),
  id_str: idOf(person),
  name: nameOf(person),
  screen_name: screenName(person),
  profile_image_url_https: pictureOf(person, call),
  ...(call.url.searchParams.get('include_email') === 'true' && { email: person.email }),
})

const invalidate: Handler = signedApi(rules, (_grant, { state }, { protocol }) => {
  const value = protocol.get('oauth_token') ?? ''
  state.tokens.delete(value)
  return { access_token: value }
})

const identity = (person: Person): Record<string, string> => ({
  user_id: idOf(person),
  screen_name: screenName(person),
})
const tokenPrefix = (person: Person): string => `${idOf(person)}-`

const unlessForced = (query: URLSearchParams): boolean => query.get('force_login') !== 'true'

const apiRoutes = (host: string): readonly Route[] => [
  onPost('/oauth/request_token', 'token', requestToken(rules), { host }),
  onGet('/oauth/authorize', 'authorize', authorize({ hint: 'screen_name' }), { host }),
  onGet(
    '/oauth/authenticate',
    'authorize',
    authorize({ hint: 'screen_name', mayPassUnseen: unlessForced }),
    { host },
  ),
  onPost('/oauth/access_token', 'token', accessToken(rules, identity, tokenPrefix), { host }),
  onPost('/1.1/oauth/invalidate_token', 'revocation', invalidate, { host }),
  onGet('/1.1/account/verify_credentials.json', 'api', signedApi(rules, credentials), { host }),
  onGet('/2/users/me', 'api', signedApi(rules2, me), { host }),
  onPost('/2/tweets', 'api', signedApi(rules2, post), { host }),
]

/** Twitter (X) over OAuth 1.0a. No CORS anywhere. Facts: X's developer docs, checked 2026-11-23. */
export const twitter: Counterpart = {
  id: 'twitter',
  name: 'Twitter',
  hosts: [...apiHosts, imageHost],
  look: {
    colour: '#1d9bf0',
    button: '#0b6bb8',
    mark: 'M23.953 4.57a10 10 0 01-2.825.775 4.958 4.958 0 002.163-2.723c-.951.555-2.005.959-3.127 1.184a4.92 4.92 0 00-8.384 4.482C7.69 8.095 4.067 6.13 1.64 3.162a4.822 4.822 0 00-.666 2.475c0 1.71.87 3.213 2.188 4.096a4.904 4.904 0 01-2.228-.616v.06a4.923 4.923 0 003.946 4.827 4.996 4.996 0 01-2.212.085 4.936 4.936 0 004.604 3.417 9.867 9.867 0 01-6.102 2.105c-.39 0-.779-.023-1.17-.067a13.995 13.995 0 007.557 2.209c9.053 0 13.998-7.496 13.998-13.985 0-.21 0-.42-.015-.63A9.935 9.935 0 0024 4.59z',
    approve: 'Authorize',
    decline: 'Cancel',
  },
  scopes: {
    read: 'See your posts, the people you follow and your profile',
    write: 'Post for you',
  },
  publicClients: false,
  signed: true,
  tokensExpire: false,
  account: (person) => `@${screenName(person)}`,
  routes: [...apiHosts.flatMap(apiRoutes), ...pictures],
}
