import { onGet, onPost, type Call, type Counterpart, type Handler } from '../counterpart.ts'
import { api, type ApiRules } from '../oauth2/api.ts'
import { authorize } from '../oauth2/authorize.ts'
import { revoke } from '../oauth2/revoke.ts'
import type { Fault, OAuth2Rules } from '../oauth2/rules.ts'
import { token } from '../oauth2/token.ts'
import { people, portrait, type Person } from '../people.ts'
import { json, svg } from '../serve/reply.ts'
import type { Grant } from '../state.ts'

const apiHost = 'oauth.reddit.com'
const imageHost = 'styles.redditmedia.com'

const problem = (status: number, message: string): Response =>
  json({ message, error: status }, status)

/** What is wrong with a code has status 200; what is wrong with a refresh token is a number. */
const refuse = (fault: Fault): Response => {
  if (fault === 'invalid_client') return problem(401, 'Unauthorized')
  if (fault === 'invalid_refresh') return problem(400, 'Bad Request')
  return json({ error: fault === 'unsupported_grant_type' ? fault : 'invalid_grant' })
}

const rules: OAuth2Rules = {
  clientAuth: ['basic'],
  pkce: 'ignored',
  mayOmit: [],
  unknownScopes: 'refused',
  scopeSeparator: { request: / /, reply: ' ' },
  codeLifetime: 600,
  tokenLifetime: 86_400,
  tokenType: 'bearer',
  refresh: {
    given: (query) => query.get('duration') === 'permanent',
    rotates: false,
    wantsRedirectUri: true,
    endsOldAccess: false,
  },
  reply: 'json',
  redirectUriAtToken: 'required',
  refuse,
}

/** A name of its own is wanted of every client: `<platform>:<app>:<version> (by /u/<name>)`. */
const named =
  (handle: Handler): Handler =>
  (call) =>
    /^[\w.-]+:[\w.-]+:v?[\w.]+ \(by \/u\/[\w-]+\)$/.test(
      call.request.headers.get('user-agent') ?? '',
    )
      ? handle(call)
      : problem(429, 'Too Many Requests')

/** Basic is wanted of an app without a secret too: its id, with an empty password. */
const withBasic =
  (handle: Handler): Handler =>
  (call) =>
    /^basic /i.test(call.request.headers.get('authorization') ?? '')
      ? handle(call)
      : refuse('invalid_client')

const apiRules: ApiRules = {
  schemes: ['bearer'],
  unauthorized: () => ({ message: 'Unauthorized', error: 401 }),
  missingScope: { message: 'Forbidden', error: 403 },
}

const idOf = ({ number }: Person): string => `t2a${number}`

const me = ({ person }: Grant, { origin }: Call): unknown => ({
  id: idOf(person),
  name: person.handle,
  icon_img: person.picture
    ? `${origin(imageHost)}/t5_${idOf(person)}/profileIcon.png?width=256&s=0123`
    : '',
  created_utc: 1_134_104_400,
})

const image: Handler = ({ params }) => {
  const person = people.find((one) => params['folder'] === `t5_${idOf(one)}`)
  return person?.picture ? svg(portrait(person)) : problem(404, 'Not Found')
}

/** Nothing is said of what was revoked. */
const quietly =
  (handle: Handler): Handler =>
  async (call) => {
    const reply = await handle(call)
    return reply.status === 200 ? new Response(null, { status: 204 }) : reply
  }

/** Reddit. No CORS. Facts: Flask-Dance, arctic, better-auth and Nango, checked 2026-11-23. */
export const reddit: Counterpart = {
  id: 'reddit',
  name: 'Reddit',
  hosts: ['www.reddit.com', apiHost, imageHost],
  look: {
    colour: '#ff4500',
    button: '#c33600',
    mark: 'M12 8c4.4 0 8 2.4 8 5.5S16.4 19 12 19s-8-2.4-8-5.5S7.6 8 12 8Zm-3 4a1.4 1.4 0 1 0 0 2.8A1.4 1.4 0 0 0 9 12Zm6 0a1.4 1.4 0 1 0 0 2.8 1.4 1.4 0 0 0 0-2.8ZM16.5 3a1.5 1.5 0 1 1-.1 3 1.5 1.5 0 0 1 .1-3Z',
    approve: 'Allow',
    decline: 'Decline',
  },
  scopes: {
    identity: 'Access my Reddit username and signup date',
    read: 'Access posts and comments through my account',
    mysubreddits: 'Access the list of subreddits I moderate, contribute to, and subscribe to',
  },
  publicClients: true,
  tokensExpire: true,
  account: ({ handle }) => `u/${handle}`,
  routes: [
    onGet('/api/v1/authorize', 'authorize', authorize(rules)),
    onPost('/api/v1/access_token', 'token', named(withBasic(token(rules)))),
    onPost('/api/v1/revoke_token', 'revocation', named(withBasic(quietly(revoke(rules, 'grant'))))),
    onGet('/api/v1/me', 'api', named(api(apiRules, ['identity'], me)), { host: apiHost }),
    onGet('/:folder/profileIcon.png', 'asset', image, { host: imageHost }),
  ],
}
