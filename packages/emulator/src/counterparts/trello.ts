import {
  onDelete,
  onGet,
  onPost,
  type Call,
  type Counterpart,
  type Handler,
} from '../counterpart.ts'
import { signedApi } from '../oauth1/api.ts'
import { authorize, type AuthorizeRules } from '../oauth1/authorize.ts'
import { accessToken, requestToken } from '../oauth1/credentials.ts'
import type { Fault, OAuth1Rules } from '../oauth1/verify.ts'
import { people, portrait, type Person } from '../people.ts'
import { readJson } from '../serve/read.ts'
import { json, svg } from '../serve/reply.ts'
import type { Grant } from '../state.ts'

const apiHost = 'api.trello.com'
const imageHost = 'trello-members.s3.amazonaws.com'

/** Trello's errors are plain text. */
const refusals: Readonly<Record<Fault, readonly [status: number, text: string]>> = {
  malformed: [400, 'invalid oauth request'],
  method: [400, 'unsupported signature method'],
  client: [401, 'invalid key'],
  token: [401, 'invalid token'],
  signature: [401, 'invalid signature'],
  timestamp: [401, 'invalid timestamp'],
  nonce: [401, 'invalid nonce'],
  callback: [400, 'invalid return_url'],
  verifier: [401, 'invalid verifier'],
}

const text = (status: number, body: string): Response =>
  new Response(body, { status, headers: { 'Content-Type': 'text/plain; charset=utf-8' } })

const rules: OAuth1Rules = {
  signature: 'HMAC-SHA1',
  clockTolerance: 300,
  requestTokenLifetime: 600,
  refuse: (fault) => text(...refusals[fault]),
}

const lifetimes: Readonly<Record<string, number>> = {
  '1hour': 3600,
  '1day': 86_400,
  '30days': 2_592_000,
  never: Infinity,
}

const consent: AuthorizeRules = {
  scopes: (query) =>
    Object.hasOwn(lifetimes, query.get('expiration') ?? '30days')
      ? (query.get('scope') ?? 'read').split(',')
      : undefined,
  appName: (query) => query.get('name') ?? 'an unknown application',
  lifetime: (query) => lifetimes[query.get('expiration') ?? '30days'],
  // What Trello does is not documented: this is the least that it may say.
  declined: () => ({}),
}

const idOf = ({ number }: Person): string => number.toString(16).padStart(24, '5')
const pictureOf = (person: Person, { origin }: Call): string | null =>
  person.picture ? `${origin(imageHost)}/${idOf(person)}/${person.hue}` : null

const me = ({ person, scopes }: Grant, call: Call): unknown => ({
  id: idOf(person),
  username: person.handle,
  fullName: person.name ?? person.handle,
  avatarUrl: pictureOf(person, call),
  email: scopes.includes('account') ? person.email : null,
})

const boards = ({ person }: Grant): unknown => [{ id: idOf(person), name: 'Engines' }]

const createBoard = ({ scopes }: Grant, { url, body }: Call): unknown =>
  scopes.includes('write')
    ? {
        id: '5abbe4b7ddc1b351ef961414',
        name: url.searchParams.get('name') ?? readJson(body)['name'],
      }
    : text(401, 'unauthorized permission requested')

/** A token is deleted by its own authority. */
const deleteToken = signedApi(rules, (_grant, { state, params }, { protocol }) => {
  const value = protocol.get('oauth_token') ?? ''
  if (params['token'] !== value) return text(404, 'token not found')
  state.tokens.delete(value)
  return { _value: null }
})

const avatar: Handler = ({ params }) => {
  const person = people.find((one) => one.picture && idOf(one) === params['id'])
  return person && params['file'] === '170.png' ? svg(portrait(person)) : json({}, 403)
}

const api = { host: apiHost }

/** Trello over OAuth 1.0a. Facts: Trello's docs and clients of it, checked 2026-11-23. */
export const trello: Counterpart = {
  id: 'trello',
  name: 'Trello',
  hosts: ['trello.com', apiHost, imageHost],
  look: {
    colour: '#0052cc',
    button: '#0052cc',
    mark: 'M3 2h18a1 1 0 0 1 1 1v18a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1V3a1 1 0 0 1 1-1Zm2 3v13h5.5V5Zm8.5 0v8H19V5Z',
    approve: 'Allow',
    decline: 'Deny',
  },
  scopes: {
    read: 'Read all of your boards and Workspaces',
    write: 'Create and update cards, lists, boards and Workspaces',
    account: 'Read your e-mail address, and update your settings',
  },
  publicClients: false,
  signed: true,
  tokensExpire: true,
  account: ({ handle }) => handle,
  routes: [
    onPost('/1/OAuthGetRequestToken', 'token', requestToken(rules)),
    onGet('/1/OAuthAuthorizeToken', 'authorize', authorize(consent)),
    onPost(
      '/1/OAuthGetAccessToken',
      'token',
      accessToken(
        rules,
        () => ({}),
        () => '',
      ),
    ),
    onGet('/1/members/me', 'api', signedApi(rules, me), api),
    onGet('/1/members/me/boards', 'api', signedApi(rules, boards), api),
    onPost('/1/boards', 'api', signedApi(rules, createBoard), api),
    onDelete('/1/tokens/:token', 'revocation', deleteToken, api),
    onGet('/:id/:hash/:file', 'asset', avatar, { host: imageHost }),
  ],
}
