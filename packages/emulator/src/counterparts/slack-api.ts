import { onGet, onPost, type Call, type Cors, type Handler, type Route } from '../counterpart.ts'
import type { Fault } from '../oauth2/rules.ts'
import { people, portrait, type Person } from '../people.ts'
import { json, svg } from '../serve/reply.ts'
import type { Grant } from '../state.ts'

/** Where the pictures lie. */
export const imageHost = 'avatars.slack-edge.com'

/** Everyone's workspace. */
export const team = { id: 'T0EMULATOR', name: 'Emulated' }

/** A page is answered, but its preflight allows no header: neither JSON nor `Authorization`. */
export const cors: Cors = { headers: [] }

export const userIdOf = ({ number }: Person): string => `U0${number}SLK`

export const pictureOf = (person: Person, { origin }: Call): string =>
  `${origin(imageHost)}/${userIdOf(person)}_512.png`

/** Slack says what went wrong under status 200. */
export const failure = (error: string): Response => json({ ok: false, error })

const refusals: Readonly<Record<Fault, string>> = {
  invalid_request: 'invalid_arguments',
  invalid_client: 'bad_client_secret',
  invalid_code: 'invalid_code',
  wrong_redirect: 'bad_redirect_uri',
  wrong_verifier: 'internal_error',
  invalid_refresh: 'invalid_refresh_token',
  unsupported_grant_type: 'invalid_grant_type',
}

/** A fault of a token request, in Slack's words. */
export const refuse = (fault: Fault): Response => failure(refusals[fault])

/** A token in the header, or in the form; never in the query. */
function tokenOf({ request, form }: Call): string {
  const [, header] = /^Bearer (\S+)$/i.exec(request.headers.get('authorization') ?? '') ?? []
  return header ?? form?.get('token') ?? ''
}

/** What a bot may do is kept under names of its own, such as `bot:users:read`. */
export const botPrefix = 'bot:'

export const isBot = ({ scopes }: Grant): boolean =>
  scopes.some((scope) => scope.startsWith(botPrefix))

/** A method of the Web API, which wants a scope of the token, or none. */
export const method =
  (scope: string | undefined, read: (grant: Grant, call: Call) => unknown): Handler =>
  (call) => {
    const value = tokenOf(call)
    if (value === '') return failure('not_authed')
    const held = call.state.tokens.get(value)
    if (held?.kind !== 'access') return failure('invalid_auth')
    if (held.expiresAt <= call.now) return failure('token_expired')
    const wanted = scope && (isBot(held.grant) ? botPrefix + scope : scope)
    if (wanted !== undefined && !held.grant.scopes.includes(wanted)) return failure('missing_scope')
    const answer = read(held.grant, call)
    return answer instanceof Response ? answer : json({ ok: true, ...Object(answer) })
  }

/** Ends the one token that was sent. */
const revoke: Handler = method(undefined, (_grant, call) => {
  call.state.tokens.delete(tokenOf(call))
  return { revoked: true }
})

const image: Handler = ({ params }) => {
  const person = people.find((one) => params['file']?.startsWith(userIdOf(one)))
  return person?.picture ? svg(portrait(person)) : json({ message: 'Not Found' }, 404)
}

/** A method is called by GET as well as by POST. */
export const methodRoutes = (
  name: string,
  handle: Handler,
  endpoint: Route['endpoint'] = 'api',
): readonly Route[] => [onGet, onPost].map((on) => on(`/api/${name}`, endpoint, handle, { cors }))

/** What both ways to sign in have. */
export const sharedRoutes: readonly Route[] = [
  ...methodRoutes('auth.revoke', revoke, 'revocation'),
  onGet('/:file', 'asset', image, { host: imageHost }),
]
