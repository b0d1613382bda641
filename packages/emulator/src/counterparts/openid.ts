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
import { jwks } from '../oauth2/id-token.ts'
import { takesJson } from '../oauth2/json-body.ts'
import { logout } from '../oauth2/logout.ts'
import { revoke } from '../oauth2/revoke.ts'
import type { OAuth2Rules } from '../oauth2/rules.ts'
import { token } from '../oauth2/token.ts'
import { people, portrait, type Person } from '../people.ts'
import { json, svg } from '../serve/reply.ts'
import type { Grant } from '../state.ts'

/** One OpenID Provider of a server, such as a realm: where it lies, and in what it is special. */
export interface OpenIdIssuer {
  /** The path of its issuer, to the letter; `:name` is the app's to choose. */
  readonly issuer: string
  /** The paths of its endpoints. */
  readonly paths: Readonly<
    Record<'authorize' | 'token' | 'revoke' | 'userInfo' | 'keys' | 'logout', string>
  >
  /** How people are numbered. */
  readonly subject: (person: Person) => string
  /** Whether people have pictures. */
  readonly pictures: boolean
  readonly rules: Pick<OAuth2Rules, 'codeLifetime' | 'tokenLifetime' | 'refresh' | 'members'>
  /** Whether its token endpoint takes JSON beside forms. */
  readonly takesJson?: true
  /** Whether answers of the authorization endpoint name the issuer (RFC 9207). */
  readonly namesItself: boolean
}

const apiRules: ApiRules = {
  schemes: ['bearer'],
  unauthorized: () => ({ error: 'invalid_token', error_description: 'Token verification failed' }),
  missingScope: { error: 'insufficient_scope' },
}
const cors: Cors = { headers: ['Authorization', 'Content-Type'] }
const picturePath = '/pictures/:number'

/** A path with what the app chose in it. */
const filled = (path: string, { params }: Call): string =>
  path.replace(/:(\w+)/g, (_, name: string) => params[name] ?? '')

/** Every route of an issuer, its discovery document among them. */
export function openIdRoutes(about: OpenIdIssuer): readonly Route[] {
  const { issuer, paths, namesItself } = about
  const asked = (handler: Handler): Handler => (about.takesJson ? takesJson(handler) : handler)
  const issuerOf = (call: Call): string => call.origin() + filled(issuer, call)

  const claims = ({ person, scopes }: Grant, { origin }: Call): Record<string, unknown> => ({
    sub: about.subject(person),
    ...(scopes.includes('profile') && {
      name: person.name ?? person.handle,
      preferred_username: person.handle,
      ...(about.pictures && person.picture && { picture: `${origin()}/pictures/${person.number}` }),
    }),
    ...(scopes.includes('email') &&
      person.email !== null && { email: person.email, email_verified: true }),
  })

  const rules: OAuth2Rules = {
    clientAuth: ['body', 'basic'],
    pkce: 'required-of-public-clients',
    mayOmit: [],
    unknownScopes: 'ignored',
    scopeSeparator: { request: / /, reply: ' ' },
    passesUnseen: (query) => !/login|consent|select_account/.test(query.get('prompt') ?? ''),
    hint: 'login_hint',
    declined: { description: 'User did not authorize the request' },
    tokenType: 'Bearer',
    openid: {
      issuer: issuerOf,
      lifetime: 3600,
      claims,
      ...(namesItself && { namesItself }),
    },
    reply: 'json',
    redirectUriAtToken: 'required',
    ...about.rules,
  }

  const discovery: Handler = (call) => {
    const at = (path: string): string => call.origin() + filled(path, call)
    return json({
      issuer: issuerOf(call),
      authorization_endpoint: at(paths.authorize),
      token_endpoint: at(paths.token),
      revocation_endpoint: at(paths.revoke),
      userinfo_endpoint: at(paths.userInfo),
      jwks_uri: at(paths.keys),
      end_session_endpoint: at(paths.logout),
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      code_challenge_methods_supported: ['S256'],
      id_token_signing_alg_values_supported: ['RS256'],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
      authorization_response_iss_parameter_supported: namesItself,
    })
  }
  const document = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  return [
    onGet(document, 'other', discovery, { cors }),
    onGet(paths.keys, 'other', jwks, { cors }),
    onGet(paths.authorize, 'authorize', authorize(rules)),
    onPost(paths.token, 'token', asked(token(rules)), { cors }),
    onPost(paths.revoke, 'revocation', asked(revoke(rules, 'grant')), { cors }),
    onGet(paths.userInfo, 'api', api(apiRules, ['openid'], claims), { cors }),
    onGet(paths.logout, 'other', logout),
  ]
}

const picture: Handler = ({ params }) => {
  const person = people.find(({ number }) => String(number) === params['number'])
  return person?.picture ? svg(portrait(person)) : json({ error: 'not_found' }, 404)
}

/** What all of these servers have in common. */
export const openIdServer = (
  own: Pick<Counterpart, 'id' | 'name' | 'hosts' | 'look' | 'routes'>,
): Counterpart => ({
  scopes: {
    openid: 'Know who you are',
    profile: 'See your name and picture',
    email: 'See your e-mail address',
    offline_access: 'Stay signed in',
  },
  publicClients: true,
  tokensExpire: true,
  account: ({ email, handle }) => email ?? handle,
  ...own,
  routes: [...own.routes, onGet(picturePath, 'asset', picture)],
})
