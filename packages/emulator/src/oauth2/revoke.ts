import type { Handler } from '../counterpart.ts'
import { findRepeated } from '../serve/read.ts'
import { json } from '../serve/reply.ts'
import { endTokens } from '../state.ts'
import { authenticateClient } from './authenticate.ts'
import type { OAuth2Rules } from './rules.ts'
import { refuse } from './token.ts'

/**
 * RFC 7009. An unknown token is no error (§2.2); a token of another client is (§2.1).
 *
 * @param ends the tokens of this one dance, or all that the app has for the person
 */
export const revoke =
  (rules: OAuth2Rules, ends: 'grant' | 'user'): Handler =>
  (call) => {
    const { form: params, state } = call
    const value = params?.get('token')
    if (!params || !value || findRepeated(params) !== undefined) {
      return refuse(call, rules, 'invalid_request')
    }
    const client = authenticateClient(call, rules.clientAuth)
    if (!client) return refuse(call, rules, 'invalid_client')
    const held = state.tokens.get(value)
    if (!held) return json({})
    if (held.grant.clientId !== client.clientId) return refuse(call, rules, 'invalid_request')
    endTokens(state, ({ grant }) =>
      ends === 'grant'
        ? grant === held.grant
        : grant.clientId === held.grant.clientId && grant.person === held.grant.person,
    )
    return json({})
  }
