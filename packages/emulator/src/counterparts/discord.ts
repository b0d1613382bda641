import {
  onGet,
  onPost,
  type Call,
  type Cors,
  type Counterpart,
  type Handler,
  type Route,
} from '../counterpart.ts'
import { api, type ApiRules } from '../oauth2/api.ts'
import { authorize } from '../oauth2/authorize.ts'
import { revoke } from '../oauth2/revoke.ts'
import type { OAuth2Rules } from '../oauth2/rules.ts'
import { token } from '../oauth2/token.ts'
import { people, portrait, type Person } from '../people.ts'
import { json, svg } from '../serve/reply.ts'
import type { Grant } from '../state.ts'

const imageHost = 'cdn.discordapp.com'

const rules: OAuth2Rules = {
  clientAuth: ['body', 'basic'],
  pkce: 'required-of-public-clients',
  mayOmit: [],
  unknownScopes: 'refused',
  scopeSeparator: { request: / /, reply: ' ' },
  passesUnseen: (query) => query.get('prompt') === 'none',
  declined: { description: 'The resource owner or authorization server denied the request' },
  codeLifetime: 60,
  tokenLifetime: 604_800,
  tokenType: 'Bearer',
  refresh: { endsOldAccess: false },
  reply: 'json',
  redirectUriAtToken: 'required',
  faults: {
    invalid_code: { error: 'invalid_grant', description: 'Invalid "code" in request.' },
    wrong_redirect: { error: 'invalid_grant', description: 'Invalid "redirect_uri" in request.' },
    wrong_verifier: { error: 'invalid_grant', description: 'Invalid "code_verifier" in request.' },
    invalid_refresh: { error: 'invalid_grant', description: 'Invalid "refresh_token" in request.' },
  },
}

const apiRules: ApiRules = {
  schemes: ['bearer'],
  unauthorized: () => ({ message: '401: Unauthorized', code: 0 }),
  missingScope: { message: 'Missing Access', code: 50_001 },
}

const cors: Cors = {
  headers: ['Authorization', 'Content-Type', 'X-Audit-Log-Reason'],
  exposes: ['Retry-After', 'X-RateLimit-Remaining', 'X-RateLimit-Reset-After'],
}

const idOf = ({ number }: Person): string => `80351110224670${number}`
const hashOf = ({ number }: Person): string => number.toString(16).padStart(32, 'a1')

const me = ({ person, scopes }: Grant): unknown => ({
  id: idOf(person),
  username: person.handle,
  discriminator: '0',
  global_name: person.name,
  avatar: person.picture ? hashOf(person) : null,
  banner: null,
  accent_color: null,
  locale: 'en-GB',
  mfa_enabled: false,
  ...(scopes.includes('email') && { email: person.email, verified: person.email !== null }),
})

const guilds = (): unknown => [
  { id: '197038439483310086', name: 'Analytical Engineers', icon: null, owner: false },
  { id: '197038439483310087', name: 'Compiler Club', icon: null, owner: true },
]

const avatar: Handler = ({ params }: Call) => {
  const person = people.find((candidate) => idOf(candidate) === params['id'])
  const file = params['file'] ?? ''
  return person?.picture && file.startsWith(`${hashOf(person)}.`)
    ? svg(portrait(person))
    : json({ message: '404: Not Found', code: 0 }, 404)
}

/** The API answers with and without its version in the path. */
const versions = ['/api', '/api/v10']

const routes: readonly Route[] = versions.flatMap((base) => [
  onGet(`${base}/oauth2/authorize`, 'authorize', authorize(rules)),
  onPost(`${base}/oauth2/token`, 'token', token(rules), { cors }),
  // Any token that is revoked takes all of the app's tokens for that person with it.
  onPost(`${base}/oauth2/token/revoke`, 'revocation', revoke(rules, 'user'), { cors }),
  onGet(`${base}/users/@me`, 'api', api(apiRules, ['identify'], me), { cors }),
  onGet(`${base}/users/@me/guilds`, 'api', api(apiRules, ['guilds'], guilds), { cors }),
])

/**
 * Discord. An app registered without a secret has "Public Client" on: PKCE then, and no secret.
 * Facts: Discord's developer docs and discord-userdoccers, checked 2026-11-23.
 */
export const discord: Counterpart = {
  id: 'discord',
  name: 'Discord',
  hosts: ['discord.com', imageHost],
  look: {
    colour: '#5865f2',
    button: '#4752c4',
    mark: 'M20.317 4.3698a19.7913 19.7913 0 00-4.8851-1.5152.0741.0741 0 00-.0785.0371c-.211.3753-.4447.8648-.6083 1.2495-1.8447-.2762-3.68-.2762-5.4868 0-.1636-.3933-.4058-.8742-.6177-1.2495a.077.077 0 00-.0785-.037 19.7363 19.7363 0 00-4.8852 1.515.0699.0699 0 00-.0321.0277C.5334 9.0458-.319 13.5799.0992 18.0578a.0824.0824 0 00.0312.0561c2.0528 1.5076 4.0413 2.4228 5.9929 3.0294a.0777.0777 0 00.0842-.0276c.4616-.6304.8731-1.2952 1.226-1.9942a.076.076 0 00-.0416-.1057c-.6528-.2476-1.2743-.5495-1.8722-.8923a.077.077 0 01-.0076-.1277c.1258-.0943.2517-.1923.3718-.2914a.0743.0743 0 01.0776-.0105c3.9278 1.7933 8.18 1.7933 12.0614 0a.0739.0739 0 01.0785.0095c.1202.099.246.1981.3728.2924a.077.077 0 01-.0066.1276 12.2986 12.2986 0 01-1.873.8914.0766.0766 0 00-.0407.1067c.3604.698.7719 1.3628 1.225 1.9932a.076.076 0 00.0842.0286c1.961-.6067 3.9495-1.5219 6.0023-3.0294a.077.077 0 00.0313-.0552c.5004-5.177-.8382-9.6739-3.5485-13.6604a.061.061 0 00-.0312-.0286zM8.02 15.3312c-1.1825 0-2.1569-1.0857-2.1569-2.419 0-1.3332.9555-2.4189 2.157-2.4189 1.2108 0 2.1757 1.0952 2.1568 2.419 0 1.3332-.9555 2.4189-2.1569 2.4189zm7.9748 0c-1.1825 0-2.1569-1.0857-2.1569-2.419 0-1.3332.9554-2.4189 2.1569-2.4189 1.2108 0 2.1757 1.0952 2.1568 2.419 0 1.3332-.946 2.4189-2.1568 2.4189Z',
    approve: 'Authorize',
    decline: 'Cancel',
  },
  scopes: {
    identify: 'Access your username, avatar and banner',
    email: 'Access your e-mail address',
    guilds: 'Know what servers you are in',
    connections: 'Access your third-party connections',
    'guilds.join': 'Join servers for you',
  },
  publicClients: true,
  tokensExpire: true,
  account: ({ handle }) => handle,
  routes: [
    onGet('/oauth2/authorize', 'authorize', authorize(rules)),
    ...routes,
    onGet('/avatars/:id/:file', 'asset', avatar, { host: imageHost }),
  ],
}
