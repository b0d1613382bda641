import type { Call, Handler } from '../counterpart.ts'
import { json } from '../serve/reply.ts'
import type { Grant } from '../state.ts'

/** How an API asks for a token, and what it says without. */
export interface ApiRules {
  /** The Authorization header's schemes, in lower case. */
  readonly schemes: readonly string[]
  /** @param sent whether there was a token at all */
  readonly unauthorized: (sent: boolean) => unknown
  readonly missingScope: unknown
}

/**
 * An API route for a person's token.
 *
 * @param scopes of which the token needs one; an empty list asks for none
 * @param read makes the answer: JSON, or a whole response
 */
export const api =
  (
    rules: ApiRules,
    scopes: readonly string[],
    read: (grant: Grant, call: Call) => unknown,
  ): Handler =>
  (call) => {
    const [scheme = '', value = ''] = (call.request.headers.get('authorization') ?? '').split(' ')
    const held = rules.schemes.includes(scheme.toLowerCase())
      ? call.state.tokens.get(value)
      : undefined
    if (held?.kind !== 'access' || held.expiresAt <= call.now) {
      return json(rules.unauthorized(value !== ''), 401)
    }
    if (scopes.length > 0 && !scopes.some((scope) => held.grant.scopes.includes(scope))) {
      return json(rules.missingScope, 403)
    }
    const answer = read(held.grant, call)
    return answer instanceof Response ? answer : json(answer)
  }
