import { onGet, onPost, type Call, type Counterpart, type Handler } from '../counterpart.ts'
import { authorize } from '../oauth2/authorize.ts'
import { api, type ApiRules } from '../oauth2/api.ts'
import { revoke } from '../oauth2/revoke.ts'
import type { OAuth2Rules } from '../oauth2/rules.ts'
import { token } from '../oauth2/token.ts'
import { people, portrait, type Person } from '../people.ts'
import { readJson } from '../serve/read.ts'
import { json, svg } from '../serve/reply.ts'
import type { Grant } from '../state.ts'

const apiHost = 'api.notion.com'
const imageHost = 's3-us-west-2.amazonaws.com'

const idOf = ({ number }: Person): string => `d40e767c-d7af-4b18-a86d-55c61f1e${number}`

const userOf = (person: Person, { origin }: Call): unknown => ({
  object: 'user',
  id: idOf(person),
  type: 'person',
  name: person.name ?? person.handle,
  avatar_url: person.picture ? `${origin(imageHost)}/public.notion/${idOf(person)}.png` : null,
  person: person.email === null ? {} : { email: person.email },
})

const workspace = {
  workspace_id: 'a1b2c3d4-0000-4000-8000-000000000001',
  workspace_name: 'Emulated',
}
const botId = 'b3414d65-1224-4d3e-8000-000000000001'

const rules: OAuth2Rules = {
  clientAuth: ['basic'],
  pkce: 'ignored',
  mayOmit: ['scope'],
  unknownScopes: 'ignored',
  scopeSeparator: { request: / / },
  codeLifetime: 600,
  tokenLifetime: 3600,
  tokenType: 'bearer',
  tokenPrefix: { access: 'ntn_', refresh: 'nrt_' },
  refresh: { endsOldAccess: true },
  // Nothing is said of an end.
  arrange: ({ access_token, refresh_token, token_type }, { grant }, call) => ({
    access_token,
    token_type,
    refresh_token,
    bot_id: botId,
    ...workspace,
    owner: { type: 'user', user: userOf(grant.person, call) },
  }),
  reply: 'json',
  redirectUriAtToken: 'required',
}

/** Whose pages it is about has to be said: a person's. */
const withOwner =
  (handle: Handler): Handler =>
  (call) =>
    call.url.searchParams.get('owner') === 'user'
      ? handle(call)
      : problem(400, 'validation_error', 'owner should be "user".')

/** The body is JSON, and nothing else. */
const withJson =
  (handle: Handler): Handler =>
  (call) => {
    const type = call.request.headers.get('content-type') ?? ''
    const members = Object.entries(readJson(call.body))
    return /^application\/json\b/.test(type) &&
      members.every(([, value]) => typeof value === 'string')
      ? handle({ ...call, form: new URLSearchParams(members as [string, string][]) })
      : problem(400, 'invalid_json', 'Error parsing JSON body.')
  }

const problem = (status: number, code: string, message: string): Response =>
  json({ object: 'error', status, code, message }, status)

const apiRules: ApiRules = {
  schemes: ['bearer'],
  unauthorized: () => ({
    object: 'error',
    status: 401,
    code: 'unauthorized',
    message: 'API token is invalid.',
  }),
  missingScope: undefined,
}

/** Every call names the version of the API that it is written for. */
const versioned =
  (handle: Handler): Handler =>
  (call) =>
    /^\d{4}-\d\d-\d\d$/.test(call.request.headers.get('notion-version') ?? '')
      ? handle(call)
      : problem(400, 'missing_version', 'Notion-Version header failed validation.')

const me = ({ person }: Grant, call: Call): unknown => ({
  object: 'user',
  id: botId,
  type: 'bot',
  bot: { owner: { type: 'user', user: userOf(person, call) }, workspace_name: 'Emulated' },
})

const image: Handler = ({ params }) => {
  const person = people.find((one) => params['file'] === `${idOf(one)}.png`)
  return person?.picture ? svg(portrait(person)) : problem(404, 'object_not_found', 'Not Found')
}

/** Notion. No CORS anywhere. Facts: Notion's docs, arctic and better-auth, checked 2026-11-23. */
export const notion: Counterpart = {
  id: 'notion',
  name: 'Notion',
  hosts: [apiHost, imageHost],
  look: {
    colour: '#191919',
    button: '#2383e2',
    mark: 'M5 4h3.2l7.3 11V6.2L13.6 5.7V4H20v1.7l-1.9.5V20h-2.6L7.6 8.1v9.7l1.9.5V20H4v-1.7l1.5-.5V6.2L5 5.7Z',
    approve: 'Allow access for',
    decline: 'Cancel',
  },
  scopes: {},
  publicClients: false,
  tokensExpire: true,
  account: ({ email, handle }) => email ?? handle,
  routes: [
    onGet('/v1/oauth/authorize', 'authorize', withOwner(authorize(rules))),
    onPost('/v1/oauth/token', 'token', withJson(token(rules))),
    onPost('/v1/oauth/revoke', 'revocation', withJson(revoke(rules, 'grant'))),
    onGet('/v1/users/me', 'api', versioned(api(apiRules, [], me))),
    onGet('/public.notion/:file', 'asset', image, { host: imageHost }),
  ],
}
