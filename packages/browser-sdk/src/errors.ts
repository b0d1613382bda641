/**
 * Every way the dance can fail. The set is closed: a `switch` over it can be exhaustive.
 *
 * docs/errors.md has a section for each, with cause and fix.
 */
export type DanceErrorCode =
  | 'config-invalid'
  | 'unknown-client'
  | 'unsupported-environment'
  | 'access-denied'
  | 'interaction-required'
  | 'login-cancelled'
  | 'popup-blocked'
  | 'flow-unknown'
  | 'flow-expired'
  | 'callback-invalid'
  | 'context-mismatch'
  | 'issuer-mismatch'
  | 'id-token-invalid'
  | 'provider-refused'
  | 'provider-unavailable'
  | 'reply-unreadable'
  | 'network-failed'
  | 'timeout'
  | 'exchange-refused'
  | 'signed-out'
  | 'session-expired'
  | 'token-not-available'
  | 'url-not-allowed'
  | 'api-status'
  | 'storage-failed'
  | 'part-not-loaded'

/** What a `DanceError` is made of, beside its message. */
export interface DanceErrorDetails {
  readonly client?: string | undefined
  readonly retryable?: boolean
  readonly status?: number
  readonly cause?: unknown
}

/** The one error class of SPA-Dance. Its message names the fix; it never holds a token or a code. */
export class DanceError extends Error {
  override readonly name = 'DanceError'
  declare readonly code: DanceErrorCode
  /** The client's name in `createDance({ clients })`. */
  declare readonly client?: string
  /** Whether the same act may succeed later without anything being changed. */
  declare readonly retryable: boolean
  /** The HTTP status, where one decided: `api-status`, `provider-refused`, `exchange-refused`. */
  declare readonly status?: number

  constructor(code: DanceErrorCode, message: string, details: DanceErrorDetails = {}) {
    const { client, retryable = false, status, cause } = details
    const prefix = client === undefined ? '[dance]' : `[dance] [${client}]`
    super(`${prefix} ${message}`, cause === undefined ? undefined : { cause })
    this.code = code
    this.retryable = retryable
    if (client !== undefined) this.client = client
    if (status !== undefined) this.status = status
  }
}

/** Whether a caught value is a `DanceError`, also one of another copy of this package. */
export function isDanceError(value: unknown): value is DanceError {
  return value instanceof Error && value.name === 'DanceError' && 'code' in value
}

/** A caught value as the error that people are told: ours, or one that holds it. */
export function toDanceError(cause: unknown, client?: string): DanceError {
  if (isDanceError(cause)) return cause
  return new DanceError('callback-invalid', 'This did not work. Start the login again.', {
    client,
    cause,
  })
}
