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
import { endTokens, type Grant } from '../state.ts'

const apiHost = 'api.dropboxapi.com'
const imageHost = 'dl-web.dropbox.com'

const accountOf = ({ number }: Person): string => `dbid:AAH4f99T0taONIb-OurWxbNQ6ywGRopQ${number}`

const rules: OAuth2Rules = {
  clientAuth: ['body', 'basic'],
  pkce: 'required-of-public-clients',
  mayOmit: ['scope'],
  unknownScopes: 'refused',
  scopeSeparator: { request: / /, reply: ' ' },
  passesUnseen: (query) => query.get('force_reapprove') !== 'true',
  declined: { description: 'The user chose not to give your app access to their Dropbox account.' },
  codeLifetime: 60,
  tokenLifetime: 14_400,
  tokenType: 'bearer',
  refresh: {
    given: (query) => query.get('token_access_type') === 'offline',
    rotates: false,
    brief: true,
    endsOldAccess: false,
  },
  members: ({ person }) => ({ uid: String(person.number), account_id: accountOf(person) }),
  reply: 'json',
  redirectUriAtToken: 'required',
  faults: {
    invalid_code: { error: 'invalid_grant', description: "code doesn't exist or has expired" },
    wrong_redirect: { error: 'invalid_grant', description: 'redirect_uri mismatch' },
    wrong_verifier: { error: 'invalid_grant', description: 'invalid code verifier' },
    invalid_refresh: { error: 'invalid_grant', description: 'refresh token is invalid or revoked' },
  },
}

const problem = (tag: string): unknown => ({ error_summary: `${tag}/`, error: { '.tag': tag } })

const apiRules: ApiRules = {
  schemes: ['bearer'],
  unauthorized: () => problem('invalid_access_token'),
  missingScope: problem('missing_scope'),
}

const cors: Cors = { headers: ['Authorization', 'Content-Type', 'Dropbox-API-Arg'] }

/** A route without arguments takes no body, or JSON's null. */
const withoutBody =
  (handle: Handler): Handler =>
  (call) =>
    call.body !== '' && call.body !== 'null'
      ? new Response('Error in call to API function: request body: expected null', { status: 400 })
      : handle(call)

const account = ({ person }: Grant, { origin }: Call): unknown => ({
  account_id: accountOf(person),
  name: {
    display_name: person.name ?? person.handle,
    given_name: person.name?.split(' ')[0] ?? person.handle,
  },
  email: person.email ?? `${person.handle}@example.com`,
  email_verified: person.email !== null,
  disabled: false,
  ...(person.picture && {
    profile_photo_url: `${origin(imageHost)}/account_photo/get/${person.number}`,
  }),
})

/** Ends the refresh token too, and every other token of this dance. */
const revoke = (held: Grant, { state }: Call): unknown => {
  endTokens(state, ({ grant }) => grant === held)
  return null
}

const photo: Handler = ({ params }) => {
  const person = people.find(({ number }) => String(number) === params['id'])
  return person?.picture ? svg(portrait(person)) : json(problem('not_found'), 404)
}

/** Dropbox. Facts: Dropbox's docs and its JavaScript SDK, checked 2026-11-23. */
export const dropbox: Counterpart = {
  id: 'dropbox',
  name: 'Dropbox',
  hosts: ['www.dropbox.com', apiHost, imageHost],
  look: {
    colour: '#0061fe',
    button: '#0061fe',
    mark: 'M6 1.807L0 5.629l6 3.822 6.001-3.822L6 1.807zM18 1.807l-6 3.822 6 3.822 6-3.822-6-3.822zM0 13.274l6 3.822 6.001-3.822L6 9.452l-6 3.822zM18 9.452l-6 3.822 6 3.822 6-3.822-6-3.822zM6 18.371l6.001 3.822 6-3.822-6-3.822L6 18.371z',
    approve: 'Allow',
    decline: 'Cancel',
  },
  scopes: {
    'account_info.read': 'See your name, e-mail address and country',
    'files.metadata.read': 'See what files and folders you have',
    'files.content.read': 'Read your files',
    'files.content.write': 'Change your files',
    'sharing.read': 'See what you share',
  },
  publicClients: true,
  tokensExpire: true,
  account: ({ email, handle }) => email ?? handle,
  routes: [
    onGet('/oauth2/authorize', 'authorize', authorize(rules)),
    onPost('/oauth2/token', 'token', token(rules), { host: apiHost, cors }),
    onPost('/2/auth/token/revoke', 'revocation', withoutBody(api(apiRules, [], revoke)), {
      host: apiHost,
      cors,
    }),
    onPost(
      '/2/users/get_current_account',
      'api',
      withoutBody(api(apiRules, ['account_info.read'], account)),
      { host: apiHost, cors },
    ),
    onGet('/account_photo/get/:id', 'asset', photo, { host: imageHost }),
  ],
}
