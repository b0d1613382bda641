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
import { people, portrait, type Person } from '../people.ts'
import { readJson } from '../serve/read.ts'
import { json, svg } from '../serve/reply.ts'
import type { Grant } from '../state.ts'

/** The name of today, and the one that older clients still sign for. */
const apiHosts = ['api.x.com', 'api.twitter.com'] as const
const imageHost = 'pbs.twimg.com'

const refusals: Readonly<Record<Fault, readonly [status: number, code: number, message: string]>> =
  {
    malformed: [400, 215, 'Bad Authentication data.'],
    client: [401, 32, 'Could not authenticate you.'],
    signature: [401, 32, 'Could not authenticate you.'],
    nonce: [401, 32, 'Could not authenticate you.'],
    token: [401, 89, 'Invalid or expired token.'],
    verifier: [401, 89, 'Invalid or expired token.'],
    timestamp: [401, 135, 'Timestamp out of bounds.'],
    callback: [403, 415, 'Callback URL not approved for this client application.'],
  }

/** OAuth and the API's version 1.1. */
const rules: OAuth1Rules = {
  clockTolerance: 300,
  requestTokenLifetime: 600,
  refuse: (fault) => {
    const [status, code, message] = refusals[fault]
    return json({ errors: [{ code, message }] }, status)
  },
}

const problem = (status: number, title: string, detail: string = title): Response =>
  json({ title, detail, type: 'about:blank', status }, status)

/** The API's version 2, whose errors are problem documents (RFC 9457). */
const rules2: OAuth1Rules = { ...rules, refuse: () => problem(401, 'Unauthorized') }

const idOf = ({ number }: Person): string => `224499${number}`
const screenName = ({ handle }: Person): string => handle.replaceAll('-', '_')
const nameOf = (person: Person): string => person.name ?? screenName(person)

const pictureOf = (person: Person, { origin }: Call): string =>
  person.picture
    ? `${origin(imageHost)}/profile_images/${idOf(person)}/portrait_normal.jpg`
    : `${origin(imageHost)}/sticky/default_profile_normal.png`

const credentials = ({ person }: Grant, call: Call): unknown => ({
  id: Number(idOf(person)),
  id_str: idOf(person),
  name: nameOf(person),
  screen_name: screenName(person),
  profile_image_url_https: pictureOf(person, call),
  ...(call.url.searchParams.get('include_email') === 'true' && { email: person.email }),
})

/** Version 2 answers `id`, `name` and `username`; the rest only if `user.fields` names it. */
const me = ({ person }: Grant, call: Call): unknown => {
  const wanted = call.url.searchParams.get('user.fields')?.split(',') ?? []
  const further = Object.entries({
    profile_image_url: pictureOf(person, call),
    verified: false,
    created_at: '2009-12-10T00:00:00.000Z',
  }).filter(([name]) => wanted.includes(name))
  return {
    data: {
      id: idOf(person),
      name: nameOf(person),
      username: screenName(person),
      ...Object.fromEntries(further),
    },
  }
}

const post = (_grant: Grant, { body }: Call): unknown => {
  const { text } = readJson(body)
  if (typeof text !== 'string' || text === '' || text.length > 280) {
    return problem(400, 'Invalid Request', 'One or more parameters to your request was invalid.')
  }
  const id = String(crypto.getRandomValues(new Uint32Array(1))[0])
  return json({ data: { id, text, edit_history_tweet_ids: [id] } }, 201)
}

const invalidate: Handler = signedApi(rules, (_grant, { state }, { protocol }) => {
  const value = protocol.get('oauth_token') ?? ''
  state.tokens.delete(value)
  return { access_token: value }
})

const image: Handler = ({ params }) => {
  const person = people.find((candidate) => idOf(candidate) === params['id'])
  return person?.picture ? svg(portrait(person)) : json({ message: 'Not Found' }, 404)
}

const blank: Handler = () =>
  svg(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path fill="#8899a6" d="M0 0h1v1H0"/></svg>',
  )

const identity = (person: Person): Record<string, string> => ({
  user_id: idOf(person),
  screen_name: screenName(person),
})
const tokenPrefix = (person: Person): string => `${idOf(person)}-`

const never = (): boolean => false
const unlessForced = (query: URLSearchParams): boolean => query.get('force_login') !== 'true'

const apiRoutes = (host: string): readonly Route[] => [
  onPost('/oauth/request_token', 'token', requestToken(rules), { host }),
  onGet('/oauth/authorize', 'authorize', authorize(never, 'screen_name'), { host }),
  onGet('/oauth/authenticate', 'authorize', authorize(unlessForced, 'screen_name'), { host }),
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
  tokensExpire: false,
  account: (person) => `@${screenName(person)}`,
  routes: [
    ...apiHosts.flatMap(apiRoutes),
    onGet('/profile_images/:id/:file', 'asset', image, { host: imageHost }),
    onGet('/sticky/default_profile_normal.png', 'asset', blank, { host: imageHost }),
  ],
}
