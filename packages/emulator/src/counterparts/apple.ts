import { problemPage } from '../consent/problem.ts'
import { findClient, onGet, onPost, type Counterpart, type Handler } from '../counterpart.ts'
import { authorize } from '../oauth2/authorize.ts'
import { jwks } from '../oauth2/id-token.ts'
import { revoke } from '../oauth2/revoke.ts'
import type { OAuth2Rules } from '../oauth2/rules.ts'
import { isSignedFor, readJwt } from '../oauth2/signed-secret.ts'
import { token } from '../oauth2/token.ts'
import type { Person } from '../people.ts'
import { json } from '../serve/reply.ts'

/** As developers write it, wherever this stands. */
const audience = 'https://appleid.apple.com'
/** Of a secret, in seconds: about six months. */
const longest = 15_777_000

const subjectOf = ({ number }: Person): string =>
  `000815.3f2504e04f8911d39a0c0305e82c3301.${number}`
const addressOf = ({ email, handle }: Person): string => email ?? `${handle}@privaterelay.example`

const rules: OAuth2Rules = {
  clientAuth: ['body'],
  pkce: 'ignored',
  mayOmit: ['scope'],
  unknownScopes: 'refused',
  scopeSeparator: { request: / / },
  formPost: true,
  // Once, and never again: the app has to remember.
  approved: ({ person, scopes }, first) => {
    const [firstName = '', lastName = ''] = (person.name ?? '').split(' ')
    const user = {
      ...(scopes.includes('name') && { name: { firstName, lastName } }),
      ...(scopes.includes('email') && { email: addressOf(person) }),
    }
    return { user: first && Object.keys(user).length > 0 ? JSON.stringify(user) : undefined }
  },
  declined: { error: 'user_cancelled_authorize' },
  codeLifetime: 300,
  tokenLifetime: 3600,
  tokenType: 'Bearer',
  refresh: { rotates: false, brief: true, endsOldAccess: false },
  openid: {
    issuer: ({ origin }) => origin(),
    lifetime: 86_400,
    claims: ({ person, scopes }) => ({
      sub: subjectOf(person),
      nonce_supported: true,
      // Text, where others have a boolean.
      ...(scopes.includes('email') && { email: addressOf(person), email_verified: 'true' }),
    }),
  },
  reply: 'json',
  redirectUriAtToken: 'required',
}

/** Who asks for the name or the address gets it by a form, or not at all. */
const ask: Handler = (call) => {
  const query = call.url.searchParams
  return /\b(name|email)\b/.test(query.get('scope') ?? '') &&
    query.get('response_mode') !== 'form_post'
    ? problemPage(
        call,
        'invalid_request: response_mode must be form_post when name or email scope is requested.',
      )
    : authorize(rules)(call)
}

/** The secret is a JWT that the app's key has signed; what it says stands in for the registration. */
const proven =
  (handler: Handler): Handler =>
  async (call) => {
    const form = new URLSearchParams(call.form)
    const client = findClient(call, form.get('client_id'))
    const secret = form.get('client_secret') ?? ''
    const { kid, iss, sub, aud, iat, exp } = readJwt(secret) ?? {}
    const now = call.now / 1000
    const says =
      kid && iss && aud === audience && sub === client?.clientId && Number(exp) > now
        ? Number(exp) - Number(iat) <= longest
        : false
    if (!client || !says || !(await isSignedFor(secret, client.publicKey ?? ''))) {
      return json({ error: 'invalid_client' }, 400)
    }
    form.delete('client_secret')
    return handler({ ...call, form })
  }

/**
 * Sign in with Apple. It has no API. Unlike the real one it takes `http` and `localhost` as redirect
 * URIs. Facts: Apple's docs, checked 2026-11-23.
 */
export const apple: Counterpart = {
  id: 'apple',
  name: 'Apple',
  hosts: ['appleid.apple.com'],
  look: {
    colour: '#1d1d1f',
    button: '#1d1d1f',
    mark: 'M16.4 1.5c.1 2.5-2.2 4.8-4.5 4.7-.2-2.3 2-4.6 4.5-4.7zM12.2 7.7c1 0 2.3-1.2 4.3-1.2 1.9 0 3.4 1 4.3 2.3-3.7 2-3.1 7.2.7 8.7-.8 2.1-2.8 5.3-4.9 5.3-1.6 0-2.2-1-4.1-1s-2.6 1-4.1 1c-2.7 0-5.9-5.4-5.9-9.7 0-4.3 2.7-6.6 5.4-6.6 1.9 0 3.3 1.2 4.3 1.2z',
    approve: 'Continue with Apple to',
    decline: 'Cancel',
  },
  scopes: {
    openid: 'Know who you are',
    name: 'See your name, once',
    email: 'See your e-mail address',
  },
  publicClients: false,
  publicKeys: true,
  tokensExpire: true,
  account: addressOf,
  routes: [
    onGet('/auth/authorize', 'authorize', ask),
    onPost('/auth/token', 'token', proven(token(rules))),
    onPost('/auth/revoke', 'revocation', proven(revoke(rules, 'user'))),
    onGet('/auth/keys', 'other', jwks),
  ],
}
