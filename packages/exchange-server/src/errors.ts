/** Everything that is wrong with a configuration. */
export class ExchangeConfigError extends Error {
  override readonly name = 'ExchangeConfigError'
  /** One sentence each, with its fix. No secret is in them. */
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`[dance-exchange] The exchange can't start:\n- ${problems.join('\n- ')}`)
    this.problems = problems
  }
}

/** What an `OAuthError` may carry beside its code and description. */
export interface OAuthErrorDetails {
  readonly headers?: Readonly<Record<string, string>>
  /** For the operator's log only. */
  readonly reason?: string
  /** Whether it is the provider that failed. */
  readonly upstream?: boolean
}

/** A refusal that is answered as JSON (RFC 6749 §5.2). Never leaves the package. */
export class OAuthError extends Error {
  override readonly name = 'OAuthError'
  readonly status: number
  readonly code: string
  readonly headers: Readonly<Record<string, string>>
  readonly reason: string | undefined
  readonly upstream: boolean

  constructor(status: number, code: string, description: string, details: OAuthErrorDetails = {}) {
    super(description)
    this.status = status
    this.code = code
    this.headers = details.headers ?? {}
    this.reason = details.reason
    this.upstream = details.upstream === true
  }
}

/** 400 `invalid_request`. */
export const invalidRequest = (description: string): OAuthError =>
  new OAuthError(400, 'invalid_request', description)

/** 400 `invalid_grant`: uniform, so that it tells nobody what was wrong with a sealed value. */
export const invalidGrant = (reason?: string): OAuthError =>
  new OAuthError(
    400,
    'invalid_grant',
    'The code or refresh token is unknown, expired, revoked or not yours. Sign in again.',
    reason === undefined ? {} : { reason },
  )
