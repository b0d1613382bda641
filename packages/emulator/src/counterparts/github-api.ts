import { onDelete, onGet, type Call, type Cors, type Handler, type Route } from '../counterpart.ts'
import { api, type ApiRules } from '../oauth2/api.ts'
import { authenticateClient } from '../oauth2/authenticate.ts'
import { people, portrait } from '../people.ts'
import { readJson } from '../serve/read.ts'
import { json, svg } from '../serve/reply.ts'
import { endTokens, type Grant, type Token } from '../state.ts'

const docs = 'https://docs.github.com'
export const apiHost = 'api.github.com'
export const avatarHost = 'avatars.githubusercontent.com'

const apiRules: ApiRules = {
  schemes: ['bearer', 'token'],
  unauthorized: (sent) => ({
    message: sent ? 'Bad credentials' : 'Requires authentication',
    documentation_url: `${docs}/rest`,
    status: '401',
  }),
  missingScope: {
    message: 'Resource not accessible by integration',
    documentation_url: `${docs}/rest`,
    status: '403',
  },
}

const cors: Cors = {
  headers: [
    'Authorization',
    'Content-Type',
    'If-Match',
    'If-Modified-Since',
    'If-None-Match',
    'If-Unmodified-Since',
    'Accept-Encoding',
    'X-GitHub-OTP',
    'X-Requested-With',
    'User-Agent',
    'GraphQL-Features',
    'X-GitHub-Api-Version',
  ],
  exposes: ['ETag', 'Link', 'Location', 'Retry-After', 'X-RateLimit-Remaining', 'X-OAuth-Scopes'],
}

const user = ({ person }: Grant, { origin }: Call): unknown => ({
  login: person.handle,
  id: person.number,
  avatar_url: `${origin(avatarHost)}/u/${person.number}?v=4`,
  html_url: `${origin()}/${person.handle}`,
  type: 'User',
  name: person.name,
  company: null,
  email: person.email,
  public_repos: repositories.length,
})

const emails = ({ person }: Grant): unknown => [
  ...(person.email === null
    ? []
    : [{ email: person.email, primary: true, verified: true, visibility: 'public' }]),
  {
    email: `${person.number}+${person.handle}@users.noreply.example.com`,
    primary: person.email === null,
    verified: true,
    visibility: null,
  },
]

const repositories: readonly [name: string, description: string, language: string][] = [
  ['analytical-engine', 'Notes on a machine that weaves algebraic patterns', 'TypeScript'],
  ['flow-matic', 'Plain English for data processing', 'Go'],
  ['dance-shoes', 'Everything one needs before the first dance', 'CSS'],
]

const repos = ({ person }: Grant, { origin }: Call): unknown =>
  repositories.map(([name, description, language], position) => ({
    id: person.number * 10 + position,
    name,
    full_name: `${person.handle}/${name}`,
    private: false,
    html_url: `${origin()}/${person.handle}/${name}`,
    description,
    language,
    stargazers_count: (position + 1) * 7,
  }))

const ofGrant = (held: Token) => (other: Token) => other.grant === held.grant

const ofPerson = (held: Token) => (other: Token) =>
  other.grant.clientId === held.grant.clientId && other.grant.person === held.grant.person

/** `DELETE /applications/{client_id}/token` ends one token, `/grant` all of the app's for the person. */
const deleteAuthorization =
  (ends: (held: Token) => (token: Token) => boolean): Handler =>
  (call) => {
    const basic = call.request.headers.get('authorization') !== null
    const client = basic ? authenticateClient(call, ['basic']) : undefined
    if (!client || client.clientId !== call.params['id'])
      return json(apiRules.unauthorized(basic), 401)
    const value = readJson(call.body)['access_token']
    if (typeof value !== 'string') return json({ message: 'Validation Failed' }, 422)
    const held = call.state.tokens.get(value)
    if (held?.kind !== 'access' || held.grant.clientId !== client.clientId) {
      return json({ message: 'Not Found', documentation_url: `${docs}/rest`, status: '404' }, 404)
    }
    endTokens(call.state, ends(held))
    return new Response(null, { status: 204 })
  }

const avatar: Handler = ({ params }) => {
  const person = people.find(({ number }) => String(number) === params['id'])
  return person ? svg(portrait(person)) : json({ message: 'Not Found' }, 404)
}

/** The REST API turns away whoever does not say what it is. Only what came over a wire has a Host header. */
const named =
  (handle: Handler): Handler =>
  (call) =>
    call.request.headers.has('host') && !call.request.headers.get('user-agent')
      ? json({ message: 'Please make sure your request has a User-Agent header' }, 403)
      : handle(call)

const onApi = { host: apiHost, cors }

/** The REST API and the pictures: what a person's token can read, and how it is given back. */
export const githubApi: readonly Route[] = [
  onGet('/user', 'api', named(api(apiRules, [], user)), onApi),
  onGet('/user/emails', 'api', named(api(apiRules, ['user:email', 'user'], emails)), onApi),
  onGet('/user/repos', 'api', named(api(apiRules, [], repos)), onApi),
  onDelete('/applications/:id/token', 'revocation', named(deleteAuthorization(ofGrant)), onApi),
  onDelete('/applications/:id/grant', 'revocation', named(deleteAuthorization(ofPerson)), onApi),
  onGet('/u/:id', 'asset', avatar, { host: avatarHost }),
]
