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
import type { OAuth2Rules } from '../oauth2/rules.ts'
import { token } from '../oauth2/token.ts'
import { people, portrait, type Person } from '../people.ts'
import { json, svg } from '../serve/reply.ts'
import type { Grant } from '../state.ts'

const apiHost = 'api.spotify.com'
const imageHost = 'i.scdn.co'

const rules: OAuth2Rules = {
  clientAuth: ['body', 'basic'],
  pkce: 'required-of-public-clients',
  mayOmit: ['scope'],
  refusesRedirectUri: ({ protocol, hostname }) =>
    protocol === 'http:' && hostname === 'localhost'
      ? 'The redirect_uri is insecure: localhost is refused, 127.0.0.1 is not.'
      : undefined,
  unknownScopes: 'refused',
  scopeSeparator: { request: / /, reply: ' ' },
  passesUnseen: (query) => query.get('show_dialog') !== 'true',
  codeLifetime: 60,
  tokenLifetime: 3600,
  tokenType: 'Bearer',
  // Six months after the consent it is over.
  refresh: { hardLifetime: 182 * 86_400, endsOldAccess: false },
  reply: 'json',
  redirectUriAtToken: 'required',
  faults: {
    invalid_client: { error: 'invalid_client', description: 'Invalid client', status: 400 },
    invalid_code: { error: 'invalid_grant', description: 'Invalid authorization code' },
    wrong_redirect: { error: 'invalid_grant', description: 'Invalid redirect URI' },
    wrong_verifier: { error: 'invalid_grant', description: 'code_verifier was incorrect' },
    invalid_refresh: { error: 'invalid_grant', description: 'Refresh token revoked' },
  },
}

const apiRules: ApiRules = {
  schemes: ['bearer'],
  unauthorized: (sent) => ({
    error: { status: 401, message: sent ? 'Invalid access token' : 'No token provided' },
  }),
  missingScope: { error: { status: 403, message: 'Insufficient client scope' } },
}

const cors: Cors = { headers: ['Authorization', 'Content-Type'], exposes: ['Retry-After'] }

const accountOf = ({ number }: Person): string => `smedjan${number}`

const me = ({ person, scopes }: Grant, { origin }: Call): unknown => ({
  account_id: accountOf(person),
  id: person.handle,
  display_name: person.name,
  type: 'user',
  uri: `spotify:user:${person.handle}`,
  images: person.picture
    ? [{ url: `${origin(imageHost)}/image/${accountOf(person)}`, height: 300, width: 300 }]
    : [],
  ...(scopes.includes('user-read-email') && person.email !== null && { email: person.email }),
})

const image: Handler = ({ params }) => {
  const person = people.find((candidate) => accountOf(candidate) === params['id'])
  return person?.picture ? svg(portrait(person)) : json({ error: 'Not Found' }, 404)
}

/** Spotify. Facts: Spotify's developer docs and blog, checked 2026-11-23. There is no revocation. */
export const spotify: Counterpart = {
  id: 'spotify',
  name: 'Spotify',
  hosts: ['accounts.spotify.com', apiHost, imageHost],
  look: {
    colour: '#1db954',
    button: '#117a37',
    mark: 'M12 0C5.4 0 0 5.4 0 12s5.4 12 12 12 12-5.4 12-12S18.66 0 12 0zm5.521 17.34c-.24.359-.66.48-1.021.24-2.82-1.74-6.36-2.101-10.561-1.141-.418.122-.779-.179-.899-.539-.12-.421.18-.78.54-.9 4.56-1.021 8.52-.6 11.64 1.32.42.18.479.659.301 1.02zm1.44-3.3c-.301.42-.841.6-1.262.3-3.239-1.98-8.159-2.58-11.939-1.38-.479.12-1.02-.12-1.14-.6-.12-.48.12-1.021.6-1.141C9.6 9.9 15 10.561 18.72 12.84c.361.181.54.78.241 1.2zm.12-3.36C15.24 8.4 8.82 8.16 5.16 9.301c-.6.179-1.2-.181-1.38-.721-.18-.601.18-1.2.72-1.381 4.26-1.26 11.28-1.02 15.721 1.621.539.3.719 1.02.419 1.56-.299.421-1.02.599-1.559.3z',
    approve: 'Agree to',
    decline: 'Cancel',
  },
  scopes: {
    'user-read-email': 'See your e-mail address',
    'user-read-private': 'See your country and subscription',
    'user-top-read': 'See what you play most',
    'user-library-read': 'See what you have saved',
    'playlist-read-private': 'See your private playlists',
    'playlist-modify-public': 'Change your public playlists',
    'user-modify-playback-state': 'Control what is playing',
    streaming: 'Play music in this app',
  },
  publicClients: true,
  tokensExpire: true,
  account: ({ email, handle }) => email ?? handle,
  routes: [
    onGet('/authorize', 'authorize', authorize(rules)),
    onPost('/api/token', 'token', token(rules), { cors }),
    onGet('/v1/me', 'api', api(apiRules, [], me), { host: apiHost, cors }),
    onGet('/image/:id', 'asset', image, { host: imageHost }),
  ],
}
