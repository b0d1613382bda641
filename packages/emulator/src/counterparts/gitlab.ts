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
import { revoke } from '../oauth2/revoke.ts'
import type { OAuth2Rules } from '../oauth2/rules.ts'
import { token } from '../oauth2/token.ts'
import { people, portrait, type Person } from '../people.ts'
import { json, svg } from '../serve/reply.ts'
import type { Grant } from '../state.ts'

/** GitLab may live below a path: it stands at the root, and at this one. */
const bases = ['', '/gitlab']

const pictureOf = (base: string, person: Person, { origin }: Call): string | null =>
  person.picture
    ? `${origin()}${base}/uploads/-/system/user/avatar/${person.number}/avatar.png`
    : null

const claimsOf =
  (base: string) =>
  ({ person, scopes }: Grant, call: Call): Record<string, unknown> => ({
    sub: String(person.number),
    ...(scopes.includes('profile') && {
      name: person.name ?? person.handle,
      preferred_username: person.handle,
      picture: pictureOf(base, person, call) ?? undefined,
    }),
    ...(scopes.includes('email') && { email: person.email ?? undefined, email_verified: true }),
  })

const rulesAt = (base: string): OAuth2Rules => ({
  clientAuth: ['body'],
  pkce: 'required-of-public-clients',
  mayOmit: ['scope'],
  unknownScopes: 'refused',
  scopeSeparator: { request: / /, reply: ' ' },
  passesUnseen: () => true,
  declined: { description: 'The resource owner or authorization server denied the request.' },
  codeLifetime: 600,
  tokenLifetime: 7200,
  tokenType: 'Bearer',
  refresh: { endsOldAccess: true, wantsRedirectUri: true },
  openid: { issuer: ({ origin }) => origin() + base, lifetime: 120, claims: claimsOf(base) },
  members: (_grant, { now }) => ({ created_at: Math.floor(now / 1000) }),
  reply: 'json',
  redirectUriAtToken: 'required',
})

const apiRules: ApiRules = {
  schemes: ['bearer'],
  unauthorized: () => ({ message: '401 Unauthorized' }),
  missingScope: {
    error: 'insufficient_scope',
    error_description: 'The request requires higher privileges than provided by the access token.',
  },
}

const user =
  (base: string) =>
  ({ person }: Grant, call: Call): unknown => ({
    id: person.number,
    username: person.handle,
    name: person.name ?? person.handle,
    state: 'active',
    avatar_url: pictureOf(base, person, call),
    web_url: `${call.origin()}${base}/${person.handle}`,
    email: person.email,
  })

const avatar: Handler = ({ params }) => {
  const person = people.find(({ number }) => String(number) === params['id'])
  return person?.picture ? svg(portrait(person)) : json({ message: '404 Not Found' }, 404)
}

/** The OAuth endpoints take simple headers and Authorization from other origins, nothing else. */
const oauthCors: Cors = { headers: ['Authorization'] }
const apiCors: Cors = {
  headers: ['Authorization', 'Content-Type', 'Private-Token'],
  exposes: ['Link', 'X-Total', 'X-Next-Page'],
}
const readers = ['read_user', 'read_api', 'api']

const routesAt = (base: string): readonly Route[] => {
  const rules = rulesAt(base)
  return [
    onGet(`${base}/oauth/authorize`, 'authorize', authorize(rules)),
    onPost(`${base}/oauth/token`, 'token', token(rules), { cors: oauthCors }),
    onPost(`${base}/oauth/revoke`, 'revocation', revoke(rules, 'grant'), { cors: oauthCors }),
    onGet(`${base}/oauth/userinfo`, 'api', api(apiRules, ['openid'], claimsOf(base)), {
      cors: oauthCors,
    }),
    onGet(`${base}/oauth/discovery/keys`, 'other', jwks, { cors: oauthCors }),
    onGet(`${base}/api/v4/user`, 'api', api(apiRules, readers, user(base)), { cors: apiCors }),
    onGet(`${base}/uploads/-/system/user/avatar/:id/avatar.png`, 'asset', avatar),
  ]
}

/**
 * GitLab. An app registered without a secret is one without "Confidential".
 * Facts: GitLab's docs (OAuth 2.0 identity provider API), checked 2026-11-23.
 */
export const gitlab: Counterpart = {
  id: 'gitlab',
  name: 'GitLab',
  hosts: ['gitlab.com'],
  look: {
    colour: '#e24329',
    button: '#1068bf',
    mark: 'M23.955 13.587l-1.342-4.135-2.664-8.189a.455.455 0 0 0-.867 0L16.418 9.45H7.582L4.918 1.263a.455.455 0 0 0-.867 0L1.386 9.45.044 13.587a.924.924 0 0 0 .331 1.023L12 23.054l11.625-8.443a.92.92 0 0 0 .33-1.024',
    approve: 'Authorize',
    decline: 'Cancel',
  },
  scopes: {
    read_user: 'Read your profile',
    read_api: 'Read everything you can read',
    api: 'Do everything you can do',
    read_repository: 'Read your repositories',
    write_repository: 'Write to your repositories',
    openid: 'Know who you are on GitLab',
    profile: 'See your name and picture',
    email: 'See your e-mail address',
  },
  publicClients: true,
  tokensExpire: true,
  account: ({ handle }) => `@${handle}`,
  routes: bases.flatMap(routesAt),
}
