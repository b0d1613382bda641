import type { Authorization, OAuth2Provider, Params } from '../types.ts'
import { isGuarded } from './guarded.ts'

type Declared = Partial<Pick<Authorization, 'params' | 'accepts' | 'loginHint'>>

/** What one login may add to what the declaration always sends. */
export interface LoginParams {
  readonly prompt?: string | undefined
  readonly loginHint?: string | undefined
  /** Only names that the declaration `accepts` are sent. */
  readonly params?: Params | undefined
}

/** What the protocol itself puts into an authorization request. */
export interface AuthorizationRequest extends LoginParams {
  readonly clientId: string
  readonly redirectUri: string
  readonly state: string
  readonly scopes: readonly string[]
  /** S256 (RFC 7636). Left out only for a provider with `pkce: false`. */
  readonly codeChallenge?: string | undefined
  readonly nonce?: string | undefined
}

/**
 * The parameters beside the protocol's own that a login sends to the provider: the declared ones,
 * `prompt`, the login hint under the provider's name for it, and what the declaration accepts.
 */
export function authorizationParams(
  { authorization = {} }: { readonly authorization?: Declared },
  { prompt, loginHint, params = {} }: LoginParams = {},
): Record<string, string> {
  const all: (readonly [string, string | undefined])[] = [
    ...Object.entries(authorization.params ?? {}),
    ...(authorization.accepts ?? []).map((name) => [name, params[name]] as const),
    [authorization.loginHint ?? 'login_hint', loginHint],
  ]
  if (prompt !== undefined) all.push(['prompt', prompt])
  return Object.fromEntries(
    all.filter(
      (pair): pair is readonly [string, string] => pair[1] !== undefined && !isGuarded(pair[0]),
    ),
  )
}

/**
 * The URL to send a person to (RFC 6749 §4.1.1, RFC 7636 §4.3).
 *
 * What the protocol guards is written last: neither a declaration, nor an app, nor a hook can
 * replace it.
 */
export function authorizationUrl(provider: OAuth2Provider, request: AuthorizationRequest): URL {
  const url = new URL(provider.authorization.url)
  const query = url.searchParams
  for (const [name, value] of Object.entries(authorizationParams(provider, request))) {
    query.set(name, value)
  }
  if (request.scopes.length > 0) {
    query.set('scope', request.scopes.join(provider.scopeSeparator?.request ?? ' '))
  }
  provider.hooks?.authorization?.(query)

  const { codeChallenge } = request
  const guards: Record<string, string | undefined> = {
    response_type: 'code',
    response_mode: provider.authorization.formPost && 'form_post',
    client_id: request.clientId,
    redirect_uri: request.redirectUri,
    state: request.state,
    code_challenge: codeChallenge && (provider.hooks?.challenge?.(codeChallenge) ?? codeChallenge),
    code_challenge_method: codeChallenge && 'S256',
    nonce: request.nonce,
  }
  for (const [name, value] of Object.entries(guards)) {
    if (value === undefined) query.delete(name)
    else query.set(name, value)
  }
  return url
}
