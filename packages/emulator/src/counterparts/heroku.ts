import { onGet, onPost, type Cors, type Counterpart, type Handler } from '../counterpart.ts'
import { api, type ApiRules } from '../oauth2/api.ts'
import { authorize } from '../oauth2/authorize.ts'
import type { OAuth2Rules } from '../oauth2/rules.ts'
import { token } from '../oauth2/token.ts'
import type { Person } from '../people.ts'
import { json } from '../serve/reply.ts'
import type { Grant } from '../state.ts'

const apiHost = 'api.heroku.com'

const idOf = ({ number }: Person): string => `01234567-89ab-cdef-0123-45678901${number}`

const rules: OAuth2Rules = {
  clientAuth: ['body'],
  pkce: 'ignored',
  mayOmit: ['scope'],
  unknownScopes: 'refused',
  scopeSeparator: { request: / / },
  passesUnseen: () => true,
  codeLifetime: 300,
  tokenLifetime: 28_800,
  tokenType: 'Bearer',
  tokenPrefix: { access: 'HRKU-', refresh: 'HRKU-' },
  refresh: { rotates: false, endsOldAccess: false },
  members: ({ person }) => ({ user_id: idOf(person) }),
  reply: 'json',
  redirectUriAtToken: 'optional',
}

const problem = (id: string, message: string): unknown => ({ id, message })

const apiRules: ApiRules = {
  schemes: ['bearer'],
  unauthorized: () => problem('unauthorized', 'Invalid credentials provided.'),
  missingScope: problem('forbidden', 'You do not have permission for this.'),
}

/** A call that names no version gets the oldest, which is gone. */
const versioned =
  (handle: Handler): Handler =>
  (call) =>
    /^application\/vnd\.heroku\+json; ?version=3\b/.test(call.request.headers.get('accept') ?? '')
      ? handle(call)
      : json(problem('not_found', 'The requested API version is gone.'), 404)

const account = ({ person }: Grant): unknown => ({
  id: idOf(person),
  name: person.name,
  email: person.email ?? `${person.handle}@example.com`,
  verified: true,
})

const cors: Cors = { headers: ['Authorization', 'Content-Type', 'Accept'] }

/** Heroku. Facts: Heroku's docs (OAuth) and Flask-Dance, checked 2026-11-23. */
export const heroku: Counterpart = {
  id: 'heroku',
  name: 'Heroku',
  hosts: ['id.heroku.com', apiHost],
  look: {
    colour: '#5a3f8f',
    button: '#5a3f8f',
    mark: 'M6 3h2.5v8.2A14 14 0 0 1 13.5 10c3 0 4.5 1.5 4.5 4.2V21h-2.5v-6.5c0-1.4-.7-2-2.2-2A16 16 0 0 0 6 15.3ZM6 17l3 2-3 2Zm7-8a9 9 0 0 0 2.5-6H18a10 10 0 0 1-2 6Z',
    approve: 'Allow',
    decline: 'Deny',
  },
  scopes: {
    identity: 'Read your account',
    read: 'Read all of your apps and resources, but no configuration',
    global: 'Read and write all of your account, apps and resources',
  },
  publicClients: false,
  tokensExpire: true,
  account: ({ email, handle }) => email ?? handle,
  routes: [
    onGet('/oauth/authorize', 'authorize', authorize(rules)),
    onPost('/oauth/token', 'token', token(rules)),
    onGet('/account', 'api', versioned(api(apiRules, ['identity', 'read', 'global'], account)), {
      host: apiHost,
      cors,
    }),
  ],
}
