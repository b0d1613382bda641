/** Where a request went. `none`: to nothing that there is. */
export type RouteName =
  'healthz' | 'readyz' | 'metadata' | 'authorize' | 'callback' | 'token' | 'revoke' | 'api' | 'none'

/** `warn`: somebody was refused. `error`: a provider, or the exchange itself, failed. */
export type LogLevel = 'info' | 'warn' | 'error'

/** One request, for a log: no path of a caller's, no query, no body, no credential. */
export interface RequestLogEntry {
  readonly level: LogLevel
  /** The request's `X-Request-Id` if it was well-formed, else one of our own; it is in the answer too. */
  readonly id: string
  readonly method: string
  readonly route: RouteName
  readonly client?: string
  readonly status: number
  /** Milliseconds until the answer began. */
  readonly ms: number
  /** Of these, the ones spent waiting for the provider; absent where it was not asked. */
  readonly upstreamMs?: number
  /** The code of what went wrong, also where it was told by a redirect. */
  readonly error?: string
  /** Why, in words for the operator. */
  readonly reason?: string
}

/** A step of a dance that went well. */
export interface DanceEvent {
  readonly type:
    'login-begun' | 'login-finished' | 'token-issued' | 'token-refreshed' | 'token-revoked'
  readonly id: string
  readonly client: string
  readonly app: string
}

/** `refused`: the caller's fault. `upstream-failed`: the provider's. `failed`: the exchange's own. */
export interface FailureEvent {
  readonly type: 'refused' | 'upstream-failed' | 'failed'
  readonly id: string
  readonly route: RouteName
  readonly client?: string
  readonly error: string
  readonly reason?: string
}

/** Every request, once its answer has begun. */
export interface AnsweredEvent extends RequestLogEntry {
  readonly type: 'answered'
}

/** What `onEvent` is told. */
export type ExchangeEvent = DanceEvent | FailureEvent | AnsweredEvent
