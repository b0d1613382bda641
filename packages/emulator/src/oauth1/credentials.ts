import type { Handler } from '../counterpart.ts'
import type { Person } from '../people.ts'
import { form } from '../serve/reply.ts'
import { keep, randomText } from '../state.ts'
import { verifySigned, type OAuth1Rules } from './verify.ts'

/** Hands out temporary credentials (RFC 5849 §2.1) to a callback that is registered to the letter. */
export const requestToken =
  (rules: OAuth1Rules): Handler =>
  async (call) => {
    const verified = await verifySigned(call, rules, 'none')
    if ('fault' in verified) return rules.refuse(verified.fault)
    const { client, protocol } = verified
    const callback = protocol.get('oauth_callback')
    if (callback === undefined || !client.redirectUris.includes(callback)) {
      return rules.refuse('callback')
    }
    const value = randomText(20)
    const secret = randomText()
    keep(call.state.requestTokens, value, {
      secret,
      clientId: client.clientId,
      callback,
      expiresAt: call.now + rules.requestTokenLifetime * 1000,
    })
    return form({
      oauth_token: value,
      oauth_token_secret: secret,
      oauth_callback_confirmed: 'true',
    })
  }

/**
 * Turns temporary credentials that a person has agreed to into lasting ones (RFC 5849 §2.3), once.
 *
 * @param describe what the reply says of the person
 */
export const accessToken =
  (
    rules: OAuth1Rules,
    describe: (person: Person) => Readonly<Record<string, string>>,
    prefix: (person: Person) => string,
  ): Handler =>
  async (call) => {
    const verified = await verifySigned(call, rules, 'request')
    if ('fault' in verified) return rules.refuse(verified.fault)
    const agreed = verified.requestToken?.agreed
    if (!agreed || agreed.verifier !== verified.protocol.get('oauth_verifier')) {
      return rules.refuse('verifier')
    }
    call.state.requestTokens.delete(verified.protocol.get('oauth_token') ?? '')
    const { grant, lifetime = Infinity } = agreed
    const value = prefix(grant.person) + randomText()
    const secret = randomText(32)
    keep(call.state.tokens, value, {
      kind: 'access',
      grant,
      secret,
      expiresAt: call.now + (call.state.tokenLifetime ?? lifetime) * 1000,
    })
    return form({ oauth_token: value, oauth_token_secret: secret, ...describe(grant.person) })
  }
