import {
  onGet,
  onPost,
  type Call,
  type Cors,
  type Counterpart,
  type Handler,
} from '../counterpart.ts'
import { authorize } from '../oauth2/authorize.ts'
import type { Fault, OAuth2Rules } from '../oauth2/rules.ts'
import { token } from '../oauth2/token.ts'
import { people, portrait, type Person } from '../people.ts'
import { json, svg } from '../serve/reply.ts'
import type { Grant } from '../state.ts'

const apiHost = 'api.twitch.tv'
const imageHost = 'static-cdn.jtvnw.net'

const problem = (status: number, message: string): Response => json({ status, message }, status)

const messages: Readonly<Record<Fault, readonly [status: number, message: string]>> = {
  invalid_request: [400, 'missing parameter'],
  invalid_client: [403, 'invalid client secret'],
  invalid_code: [400, 'Invalid authorization code'],
  wrong_redirect: [400, 'Parameter redirect_uri does not match registered URI'],
  wrong_verifier: [400, 'Invalid authorization code'],
  invalid_refresh: [400, 'Invalid refresh token'],
  unsupported_grant_type: [400, 'unsupported grant type'],
}

const rules: OAuth2Rules = {
  clientAuth: ['body'],
  pkce: 'ignored',
  mayOmit: ['scope'],
  unknownScopes: 'refused',
  scopeSeparator: { request: / / },
  passesUnseen: (query) => query.get('force_verify') !== 'true',
  declined: { description: 'The user denied you access' },
  codeLifetime: 600,
  tokenLifetime: 14_400,
  tokenType: 'bearer',
  refresh: { endsOldAccess: false },
  arrange: (members, { grant }) => ({ ...members, scope: grant.scopes }),
  reply: 'json',
  redirectUriAtToken: 'required',
  refuse: (fault) => problem(...messages[fault]),
}

/** The token, and the client that it was issued to, by name. */
const helix =
  (read: (grant: Grant, call: Call) => unknown): Handler =>
  (call) => {
    const { headers } = call.request
    const [, value = ''] = /^Bearer (\S+)$/i.exec(headers.get('authorization') ?? '') ?? []
    const unauthorized = (message: string): Response =>
      json({ error: 'Unauthorized', status: 401, message }, 401)
    if (value === '') return unauthorized('OAuth token is missing')
    const clientId = headers.get('client-id')
    if (clientId === null) return unauthorized('Client ID is missing')
    const held = call.state.tokens.get(value)
    if (held?.kind !== 'access' || held.expiresAt <= call.now) {
      return unauthorized('Invalid OAuth token')
    }
    return held.grant.clientId === clientId
      ? json(read(held.grant, call))
      : unauthorized('Client ID and OAuth token do not match')
  }

const idOf = ({ number }: Person): string => `1413${number}`

const users = ({ person, scopes }: Grant, { origin }: Call): unknown => ({
  data: [
    {
      id: idOf(person),
      login: person.handle.replaceAll('-', '_'),
      display_name: person.name ?? person.handle,
      profile_image_url: `${origin(imageHost)}/jtv_user_pictures/${idOf(person)}-300x300.png`,
      ...(scopes.includes('user:read:email') && person.email !== null && { email: person.email }),
    },
  ],
})

/** Asks for no secret. */
const revoke: Handler = ({ form, state }) => {
  const value = form?.get('token') ?? ''
  const held = state.tokens.get(value)
  if (!held || held.grant.clientId !== form?.get('client_id')) return problem(400, 'Invalid token')
  state.tokens.delete(value)
  return new Response(null, { status: 200 })
}

const image: Handler = ({ params }) => {
  const person = people.find((one) => params['file'] === `${idOf(one)}-300x300.png`)
  return person ? svg(portrait(person)) : problem(404, 'Not Found')
}

const cors: Cors = { headers: ['Authorization', 'Client-Id', 'Content-Type'] }

/** Twitch. Facts: dev.twitch.tv, checked 2026-11-23. */
export const twitch: Counterpart = {
  id: 'twitch',
  name: 'Twitch',
  hosts: ['id.twitch.tv', apiHost, imageHost],
  look: {
    colour: '#9146ff',
    button: '#772ce8',
    mark: 'M11.571 4.714h1.715v5.143H11.57zm4.715 0H18v5.143h-1.714zM6 0L1.714 4.286v15.428h5.143V24l4.286-4.286h3.428L22.286 12V0zm14.571 11.143l-3.428 3.428h-3.429l-3 3v-3H6.857V1.714h13.714Z',
    approve: 'Authorize',
    decline: 'Cancel',
  },
  scopes: {
    'user:read:email': 'Obtain your e-mail address',
    'user:read:follows': 'View the list of channels that you follow',
    'chat:read': 'View live stream chat messages',
  },
  publicClients: false,
  tokensExpire: true,
  account: ({ handle }) => handle.replaceAll('-', '_'),
  routes: [
    onGet('/oauth2/authorize', 'authorize', authorize(rules)),
    onPost('/oauth2/token', 'token', token(rules)),
    onPost('/oauth2/revoke', 'revocation', revoke),
    onGet('/helix/users', 'api', helix(users), { host: apiHost, cors }),
    onGet('/jtv_user_pictures/:file', 'asset', image, { host: imageHost }),
  ],
}
