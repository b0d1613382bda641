import type { Call, Handler } from '../counterpart.ts'
import { json } from '../serve/reply.ts'
import type { Grant } from '../state.ts'
import { verifySigned, type OAuth1Rules, type Verified } from './verify.ts'

/**
 * An API route for a person's signed requests.
 *
 * @param read makes the answer: JSON, or a whole response
 */
export const signedApi =
  (rules: OAuth1Rules, read: (grant: Grant, call: Call, verified: Verified) => unknown): Handler =>
  async (call) => {
    const verified = await verifySigned(call, rules, 'access')
    if ('fault' in verified) return rules.refuse(verified.fault)
    if (!verified.grant) return rules.refuse('token')
    const answer = read(verified.grant, call, verified)
    return answer instanceof Response ? answer : json(answer)
  }
