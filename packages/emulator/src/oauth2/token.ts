import type { Call, Handler } from '../counterpart.ts'
import type { Registration } from '../options.ts'
import { findRepeated } from '../serve/read.ts'
import { form, json } from '../serve/reply.ts'
import { endTokens, take, toBase64Url, type Code } from '../state.ts'
import { authenticateClient } from './authenticate.ts'
import { issueTokens } from './issue.ts'
import type { Fault, Members, OAuth2Rules, Redeemed } from './rules.ts'

type Outcome = Redeemed | { readonly fault: Fault }

/** The token endpoint (RFC 6749 §4.1.3 and §6): codes and refresh tokens are good for one use. */
export const token =
  (rules: OAuth2Rules): Handler =>
  async (call) => {
    const outcome = await redeem(call, rules)
    if ('fault' in outcome) return refuse(call, rules, outcome.fault)
    const members = await issueTokens(call, rules, outcome)
    return rules.arrange ? json(rules.arrange(members, outcome, call)) : reply(call, rules, members)
  }

async function redeem(call: Call, rules: OAuth2Rules): Promise<Outcome> {
  const { form: params } = call
  if (!params || findRepeated(params) !== undefined) return { fault: 'invalid_request' }
  const client = authenticateClient(call, rules.clientAuth)
  if (!client) return { fault: 'invalid_client' }
  const grantType = params.get('grant_type')
  if (grantType === 'refresh_token') return redeemRefresh(call, rules, client, params)
  // GitHub, for one, has always taken a code without a grant type.
  const isCode = grantType === 'authorization_code' || (grantType === null && params.has('code'))
  return isCode ? redeemCode(call, rules, client, params) : { fault: 'unsupported_grant_type' }
}

async function redeemCode(
  { state, now }: Call,
  rules: OAuth2Rules,
  client: Registration,
  params: URLSearchParams,
): Promise<Outcome> {
  // Whoever sends it: a code is gone after its first use.
  const code = take(state.codes, params.get('code') ?? '')
  if (!code || code.expiresAt <= now || code.grant.clientId !== client.clientId) {
    return { fault: 'invalid_code' }
  }
  const { publicClientScope: scope } = rules
  if (!client.clientSecret && scope !== undefined && !code.grant.scopes.includes(scope)) {
    return { fault: 'invalid_client' }
  }
  const redirectUri = params.get('redirect_uri')
  const mayBeMissing = redirectUri === null && rules.redirectUriAtToken === 'optional'
  if (redirectUri !== code.redirectUri && !mayBeMissing) return { fault: 'wrong_redirect' }
  const verifier = params.get('code_verifier')
  const twice = rules.refusesVerifierWithSecret && client.clientSecret !== undefined
  if (twice && (verifier !== null || code.challenge !== undefined)) {
    return { fault: 'wrong_verifier' }
  }
  return rules.pkce === 'ignored' || (await isVerified(rules, code, verifier))
    ? { grant: code.grant, code }
    : { fault: 'wrong_verifier' }
}

/** RFC 7636 §4.6; and a verifier without a challenge is a downgrade (RFC 9700 §4.8.2). */
async function isVerified(
  { challenge: make = toBase64Url }: OAuth2Rules,
  { challenge }: Code,
  verifier: string | null,
): Promise<boolean> {
  if (challenge === undefined) return verifier === null
  if (verifier === null || !/^[A-Za-z0-9._~-]{43,128}$/.test(verifier)) return false
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))
  return make(new Uint8Array(hash)) === challenge
}

function redeemRefresh(
  { state, now }: Call,
  rules: OAuth2Rules,
  client: Registration,
  params: URLSearchParams,
): Outcome {
  if (!rules.refresh) return { fault: 'unsupported_grant_type' }
  const value = params.get('refresh_token') ?? ''
  const held = state.tokens.get(value)
  if (held?.kind !== 'refresh' || held.expiresAt <= now) return { fault: 'invalid_refresh' }
  if (held.grant.clientId !== client.clientId) return { fault: 'invalid_refresh' }
  const redirectUri = params.get('redirect_uri') ?? ''
  if (rules.refresh.wantsRedirectUri && !client.redirectUris.includes(redirectUri)) {
    return { fault: 'wrong_redirect' }
  }
  const { rotates, keepsOld } = rules.refresh
  if (rotates !== false && !keepsOld) state.tokens.delete(value)
  if (rules.refresh.endsOldAccess) endTokens(state, ({ grant }) => grant === held.grant)
  return { grant: held.grant, refreshToken: held }
}

/** Answers a token or revocation request that is wrong, in the provider's words. */
export function refuse(call: Call, rules: OAuth2Rules, fault: Fault): Response {
  if (rules.refuse) return rules.refuse(fault)
  const standard = fault === 'invalid_client' ? 401 : 400
  const {
    error,
    description,
    uri,
    status = standard,
  } = rules.faults?.[fault] ?? {
    error: standardErrors[fault] ?? fault,
  }
  return reply(call, rules, { error, error_description: description, error_uri: uri }, status)
}

const standardErrors: Partial<Record<Fault, string>> = {
  invalid_code: 'invalid_grant',
  wrong_redirect: 'invalid_grant',
  wrong_verifier: 'invalid_grant',
  invalid_refresh: 'invalid_grant',
}

function reply({ request }: Call, rules: OAuth2Rules, members: Members, status = 200): Response {
  const wantsJson = /\bjson\b/.test(request.headers.get('accept') ?? '')
  return rules.reply === 'json' || wantsJson ? json(members, status) : form(members, status)
}
