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
import { revoke } from '../oauth2/revoke.ts'
import type { OAuth2Rules } from '../oauth2/rules.ts'
import { token } from '../oauth2/token.ts'
import { people, portrait } from '../people.ts'
import { json, svg } from '../serve/reply.ts'
import type { Grant } from '../state.ts'

const apiHost = 'api.openstreetmap.org'

const rules: OAuth2Rules = {
  clientAuth: ['body', 'basic'],
  pkce: 'required-of-public-clients',
  mayOmit: [],
  unknownScopes: 'refused',
  scopeSeparator: { request: / /, reply: ' ' },
  passesUnseen: () => true,
  declined: { description: 'The resource owner or authorization server denied the request.' },
  codeLifetime: 600,
  tokenLifetime: 315_360_000,
  tokenType: 'Bearer',
  // Tokens do not expire, and there is nothing to refresh them by.
  arrange: ({ access_token, token_type, scope }, _redeemed, { now }) => ({
    access_token,
    token_type,
    scope,
    created_at: Math.floor(now / 1000),
  }),
  reply: 'json',
  redirectUriAtToken: 'required',
}

const apiRules: ApiRules = {
  schemes: ['bearer'],
  unauthorized: () => ({ error: "Couldn't authenticate you" }),
  missingScope: { error: 'The request requires higher privileges than authorized' },
}

const cors: Cors = { headers: ['Authorization', 'Content-Type'] }

const details = ({ person }: Grant, { origin }: Call): unknown => ({
  version: '0.6',
  user: {
    id: person.number,
    display_name: person.name ?? person.handle,
    account_created: '2007-01-01T00:00:00Z',
    ...(person.picture && { img: { href: `${origin()}/rails/avatars/${person.number}.png` } }),
  },
})

const image: Handler = ({ params }) => {
  const person = people.find(({ number }) => params['file'] === `${number}.png`)
  return person?.picture ? svg(portrait(person)) : json({ error: 'Not Found' }, 404)
}

/** OpenStreetMap. Facts: osm-auth and social-core, checked 2026-11-23. */
export const openstreetmap: Counterpart = {
  id: 'openstreetmap',
  name: 'OpenStreetMap',
  hosts: ['www.openstreetmap.org', apiHost],
  look: {
    colour: '#5a9a2f',
    button: '#3f7a1c',
    mark: 'M10 2a7 7 0 0 1 5.6 11.2l5.9 5.9-1.9 1.9-5.9-5.9A7 7 0 1 1 10 2Zm0 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9Z',
    approve: 'Authorize',
    decline: 'Deny',
  },
  scopes: {
    read_prefs: 'Read user preferences',
    write_api: 'Modify the map',
    read_gpx: 'Read private GPS traces',
  },
  publicClients: true,
  tokensExpire: false,
  account: ({ email, handle }) => email ?? handle,
  routes: [
    onGet('/oauth2/authorize', 'authorize', authorize(rules)),
    onPost('/oauth2/token', 'token', token(rules), { cors }),
    onPost('/oauth2/revoke', 'revocation', revoke(rules, 'grant'), { cors }),
    onGet('/api/0.6/user/details.json', 'api', api(apiRules, ['read_prefs'], details), {
      host: apiHost,
      cors,
    }),
    onGet('/rails/avatars/:file', 'asset', image),
  ],
}
