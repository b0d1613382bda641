import type { Call } from '../counterpart.ts'
import { keep, randomText } from '../state.ts'
import { issueIdToken } from './id-token.ts'
import type { Members, OAuth2Rules, Redeemed } from './rules.ts'

/** The members of a token reply (RFC 6749 §5.1), whose tokens work from now on. */
export async function issueTokens(
  call: Call,
  rules: OAuth2Rules,
  { grant, code, refreshToken }: Redeemed,
): Promise<Members> {
  const { state, now } = call
  const lifetime = state.tokenLifetime ?? rules.tokenLifetime
  const accessToken = (rules.tokenPrefix?.access ?? '') + randomText()
  keep(state.tokens, accessToken, { kind: 'access', grant, expiresAt: now + lifetime * 1000 })
  const nonce = code?.nonce
  const always = {
    access_token: accessToken,
    expires_in: lifetime,
    id_token: await issueIdToken(call, rules, grant, { accessToken, nonce }),
    token_type: rules.tokenType,
  }
  if (refreshToken && rules.refresh?.brief) return always
  const name = rules.scopeInReply ?? ((scope: string) => scope)
  const separator = rules.scopeSeparator.reply
  return {
    ...always,
    refresh_token: issueRefreshToken(call, rules, { grant, code, refreshToken }),
    refresh_token_expires_in: rules.refresh?.lifetime,
    scope: separator && grant.scopes.map(name).join(separator),
    ...rules.members?.(grant, call),
  }
}

function issueRefreshToken(
  { state, now }: Call,
  { refresh, tokenPrefix }: OAuth2Rules,
  { grant, code, refreshToken }: Redeemed,
): string | undefined {
  if (!refresh) return undefined
  if (refresh.scope !== undefined && !grant.scopes.includes(refresh.scope)) return undefined
  if (refreshToken ? refresh.rotates === false : code?.offline === false) return undefined
  const value = (tokenPrefix?.refresh ?? '') + randomText(36)
  const inherited = refresh.hardLifetime === undefined ? undefined : refreshToken?.expiresAt
  const seconds = refresh.hardLifetime ?? refresh.lifetime ?? Infinity
  const expiresAt = inherited ?? now + seconds * 1000
  keep(state.tokens, value, { kind: 'refresh', grant, expiresAt })
  return value
}
