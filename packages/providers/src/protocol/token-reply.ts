import type { OAuth2Provider } from '../types.ts'
import { readOrigin } from './learnt.ts'

/** A token reply under one set of names, whatever the provider called them. */
export interface TokenReply {
  readonly accessToken: string
  readonly tokenType: 'Bearer' | 'DPoP'
  /** Seconds. Absent where the provider does not say, or the token does not expire. */
  readonly expiresIn?: number
  readonly refreshToken?: string
  /** Absent where the provider does not say: then they are those that were asked for. */
  readonly scopes?: readonly string[]
  readonly idToken?: string
  /** The declared `account` member. */
  readonly account?: string
  /** Where the API lies for this person: checked. Absent where the provider does not say. */
  readonly apiOrigin?: string
}

/** What became of a token request. */
export type TokenReplyResult =
  | { readonly kind: 'tokens'; readonly tokens: TokenReply }
  /** The provider refused. `dead`: the grant is gone for good, and only a new login helps. */
  | {
      readonly kind: 'refused'
      readonly error: string
      readonly description?: string
      readonly dead: boolean
    }
  /** The answer is none that a token endpoint gives. `reason` holds nothing of it but a host. */
  | { readonly kind: 'unreadable'; readonly reason: string }

/**
 * Reads a token endpoint's answer: JSON or form by content (providers mislabel both), an `error`
 * at any status, and only members of the right type (RFC 6749 §5.1, §5.2).
 *
 * @param status the HTTP status
 * @param body the answer's text, of bounded length
 */
export function readTokenReply(
  provider: Pick<OAuth2Provider, 'token' | 'scopeSeparator' | 'hooks' | 'account' | 'learnt'>,
  status: number,
  body: string,
): TokenReplyResult {
  const members = parse(body)
  if (!members) return { kind: 'unreadable', reason: 'it is neither a JSON object nor a form' }
  const reply = provider.hooks?.tokenReply?.(members) ?? members
  const member = (name: string): unknown => (Object.hasOwn(reply, name) ? reply[name] : undefined)

  const error = member('error')
  if (error !== undefined && error !== null && error !== '') {
    const code = typeof error === 'string' ? error : 'server_error'
    const description = member('error_description')
    return {
      kind: 'refused',
      error: /^[\x20-\x21\x23-\x5b\x5d-\x7e]{1,128}$/.test(code) ? code : 'server_error',
      ...(typeof description === 'string' && { description: description.slice(0, 512) }),
      dead: [...deadGrant, ...(provider.token.deadGrant ?? [])].includes(code),
    }
  }
  if (status !== 200) return { kind: 'unreadable', reason: `its status is ${status}` }

  const accessToken = member('access_token')
  if (typeof accessToken !== 'string' || accessToken === '') {
    return { kind: 'unreadable', reason: 'it has no access_token' }
  }
  const tokenType = readTokenType(member('token_type'))
  if (!tokenType) return { kind: 'unreadable', reason: 'its token_type is unknown' }
  const expiresIn = readSeconds(member('expires_in'))
  if (expiresIn === 'bad') return { kind: 'unreadable', reason: 'its expires_in is no number' }

  const { apiOrigin } = provider.learnt ?? {}
  const place = apiOrigin && member(apiOrigin.from)
  const api = apiOrigin && place !== undefined ? readOrigin(apiOrigin, place) : undefined
  if (api && 'refused' in api) return { kind: 'unreadable', reason: api.refused }

  const refreshToken = member('refresh_token')
  const scopes = readScopes(member('scope'), provider.scopeSeparator?.reply ?? ' ')
  const idToken = member('id_token')
  const account = provider.account === undefined ? undefined : member(provider.account)
  return {
    kind: 'tokens',
    tokens: {
      accessToken,
      tokenType,
      ...(expiresIn !== undefined && { expiresIn }),
      ...(typeof refreshToken === 'string' && refreshToken !== '' && { refreshToken }),
      ...(scopes && { scopes }),
      ...(typeof idToken === 'string' && idToken !== '' && { idToken }),
      ...((typeof account === 'string' || typeof account === 'number') && {
        account: String(account),
      }),
      ...(api && { apiOrigin: api.origin }),
    },
  }
}

/** RFC 6749 §5.2, and OpenID Connect Core §3.1.2.6: only the person can go on, by signing in. */
const deadGrant = ['invalid_grant', 'interaction_required']

function parse(body: string): Readonly<Record<string, unknown>> | undefined {
  const text = body.trim()
  if (text.startsWith('{')) {
    try {
      const value: unknown = JSON.parse(text)
      return typeof value === 'object' && value !== null ? { ...value } : undefined
    } catch {
      return undefined
    }
  }
  if (!/^[\w.%~+*-]+=/.test(text)) return undefined
  const form = new URLSearchParams(text)
  const names = [...form.keys()]
  // RFC 6749 §3.2: a parameter at most once.
  return new Set(names).size === names.length ? Object.fromEntries(form) : undefined
}

/** Absent, and every spelling of "bearer" that providers use, mean Bearer. */
function readTokenType(value: unknown): TokenReply['tokenType'] | undefined {
  if (value === undefined || value === null || value === '') return 'Bearer'
  if (typeof value !== 'string') return undefined
  const lower = value.toLowerCase()
  if (lower === 'dpop') return 'DPoP'
  return ['bearer', 'bot', 'user'].includes(lower) ? 'Bearer' : undefined
}

function readSeconds(value: unknown): number | undefined | 'bad' {
  if (value === undefined || value === null || value === '') return undefined
  const seconds = typeof value === 'string' ? Number(value) : value
  return typeof seconds === 'number' && Number.isFinite(seconds) && seconds >= 0 ? seconds : 'bad'
}

function readScopes(value: unknown, separator: string): readonly string[] | undefined {
  const list = Array.isArray(value)
    ? value
    : typeof value === 'string'
      ? value.split(separator)
      : []
  const scopes = list.filter((scope) => typeof scope === 'string').map((scope) => scope.trim())
  return scopes.some((scope) => scope !== '') ? scopes.filter((scope) => scope !== '') : undefined
}
