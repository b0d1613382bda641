import { onGet, onPost, type Call, type Counterpart } from '../counterpart.ts'
import { api, type ApiRules } from '../oauth2/api.ts'
import { authorize } from '../oauth2/authorize.ts'
import type { OAuth2Rules } from '../oauth2/rules.ts'
import { token } from '../oauth2/token.ts'
import { readJson } from '../serve/read.ts'
import type { Grant } from '../state.ts'

const apiHost = 'api.meetup.com'

const rules: OAuth2Rules = {
  clientAuth: ['body'],
  pkce: 'ignored',
  mayOmit: ['scope'],
  unknownScopes: 'ignored',
  scopeSeparator: { request: /[ ,]+/ },
  codeLifetime: 600,
  tokenLifetime: 3600,
  tokenType: 'bearer',
  refresh: { endsOldAccess: false },
  reply: 'json',
  redirectUriAtToken: 'required',
}

const problem = (message: string): unknown => ({ errors: [{ message }] })

const apiRules: ApiRules = {
  schemes: ['bearer'],
  unauthorized: () => problem('Unauthorized'),
  missingScope: problem('Forbidden'),
}

/** Whoever has signed in, as far as this small server knows the schema. Errors have status 200. */
const graphql = ({ person }: Grant, { body, request }: Call): unknown => {
  const { query } = readJson(body)
  const isJson = /^application\/json\b/.test(request.headers.get('content-type') ?? '')
  if (!isJson || typeof query !== 'string') return problem('A query is needed.')
  const wanted = /\bself\s*\{([^{}]*)\}/.exec(query)?.[1]?.trim().split(/\s+/)
  if (!wanted) return problem('Only self is emulated.')
  const { handle, name, email, number } = person
  const known: Record<string, unknown> = { id: `3000${number}`, name: name ?? handle, email }
  const unknown = wanted.find((field) => !(field in known))
  if (unknown !== undefined) return problem(`Field '${unknown}' in type 'Member' is undefined`)
  return { data: { self: Object.fromEntries(wanted.map((field) => [field, known[field]])) } }
}

/** Meetup. Facts: Meetup's docs (authentication, GraphQL guide), checked 2026-11-23. */
export const meetup: Counterpart = {
  id: 'meetup',
  name: 'Meetup',
  hosts: ['secure.meetup.com', apiHost],
  look: {
    colour: '#d63a4a',
    button: '#c1223f',
    mark: 'M4 19V8.5a3.5 3.5 0 0 1 6.4-2A4 4 0 0 1 17.5 7a3.6 3.6 0 0 1 2.5 3.5V19h-3v-8a1 1 0 0 0-2 0v8h-3V9.5a1 1 0 0 0-2 0V19H7V9a.75.75 0 0 0-1.5 0v10Z',
    approve: 'Allow',
    decline: 'Deny',
  },
  scopes: {
    basic: 'See your Meetup account, and act in the groups that you are in',
    ageless: 'Stay signed in for two weeks',
  },
  publicClients: false,
  tokensExpire: true,
  account: ({ email, handle }) => email ?? handle,
  routes: [
    onGet('/oauth2/authorize', 'authorize', authorize(rules)),
    onPost('/oauth2/access', 'token', token(rules)),
    onPost('/gql-ext', 'api', api(apiRules, [], graphql), { host: apiHost }),
  ],
}
