import { onGet, onPost, type Call, type Counterpart, type Handler } from '../counterpart.ts'
import { api, type ApiRules } from '../oauth2/api.ts'
import { authorize } from '../oauth2/authorize.ts'
import type { OAuth2Rules } from '../oauth2/rules.ts'
import { token } from '../oauth2/token.ts'
import { people, portrait, type Person } from '../people.ts'
import { json, svg } from '../serve/reply.ts'
import type { Grant } from '../state.ts'

const apiHost = 'api.linkedin.com'
const imageHost = 'media.licdn.com'

const subjectOf = ({ number }: Person): string => `782bbtaQ${number}`

const claimsOf = ({ person, scopes }: Grant, { origin }: Call): Record<string, unknown> => ({
  sub: subjectOf(person),
  ...(scopes.includes('profile') && {
    name: person.name ?? person.handle,
    ...(person.picture && { picture: `${origin(imageHost)}/dms/image/${person.number}` }),
  }),
  ...(scopes.includes('email') &&
    person.email !== null && { email: person.email, email_verified: true }),
})

const rules: OAuth2Rules = {
  clientAuth: ['body'],
  pkce: 'ignored',
  mayOmit: [],
  unknownScopes: 'refused',
  scopeSeparator: { request: / /, reply: ',' },
  declined: {
    error: 'user_cancelled_authorize',
    description: 'The user cancelled the authorization',
  },
  codeLifetime: 1800,
  // 60 days, and no refresh token: those are for approved partners.
  tokenLifetime: 5_184_000,
  tokenType: 'Bearer',
  openid: {
    issuer: ({ origin }) => `${origin()}/oauth`,
    lifetime: 3600,
    // Whatever nonce was sent: it is not repeated.
    claims: (grant, call) => ({ nonce: undefined, ...claimsOf(grant, call) }),
  },
  reply: 'json',
  redirectUriAtToken: 'required',
  faults: {
    invalid_client: {
      error: 'invalid_client',
      description: 'Client authentication failed',
      status: 401,
    },
    invalid_code: {
      error: 'invalid_request',
      description:
        'Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization code. Or authorization code expired.',
    },
  },
}

const apiRules: ApiRules = {
  schemes: ['bearer'],
  unauthorized: (sent) => ({
    serviceErrorCode: sent ? 65_600 : 65_604,
    message: sent ? 'Invalid access token' : 'Empty oauth2 access token',
    status: 401,
  }),
  missingScope: { serviceErrorCode: 100, message: 'Not enough permissions', status: 403 },
}

const image: Handler = ({ params }) => {
  const person = people.find(({ number }) => String(number) === params['number'])
  return person?.picture ? svg(portrait(person)) : json({ message: 'Not Found' }, 404)
}

/** LinkedIn, which answers no page at all. Facts: Microsoft Learn, checked 2026-11-23. */
export const linkedin: Counterpart = {
  id: 'linkedin',
  name: 'LinkedIn',
  hosts: ['www.linkedin.com', apiHost, imageHost],
  look: {
    colour: '#0a66c2',
    button: '#0a66c2',
    mark: 'M2.5 8.5h4.3v13H2.5zM4.650 2a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5zM9.5 8.5h4.1v1.8c.6-1.1 2-2.2 4.1-2.2 4.3 0 5.1 2.7 5.1 6.3v7.1h-4.3v-6.3c0-1.5 0-3.4-2.2-3.4s-2.5 1.6-2.5 3.3v6.4H9.5z',
    approve: 'Allow',
    decline: 'Cancel',
  },
  scopes: {
    openid: 'Use your name and photo',
    profile: 'Use your name and photo',
    email: 'Use the primary email address associated with your LinkedIn account',
  },
  publicClients: false,
  tokensExpire: true,
  account: ({ email, handle }) => email ?? handle,
  routes: [
    onGet('/oauth/v2/authorization', 'authorize', authorize(rules)),
    onPost('/oauth/v2/accessToken', 'token', token(rules)),
    onGet('/v2/userinfo', 'api', api(apiRules, ['openid'], claimsOf), { host: apiHost }),
    onGet('/dms/image/:number', 'asset', image, { host: imageHost }),
  ],
}
