/** Which of a provider's endpoints a scripted failure is for. `token` is a code exchange (or an OAuth 1.0a credential). */
export type Endpoint = 'token' | 'refresh' | 'revocation' | 'api'

/**
 * How it fails: with a status; with a connection that ends before the provider did anything
 * (`request`); or with one that ends after it did, so that only the reply is lost (`reply`).
 */
export type FailureKind = { readonly status: number } | { readonly drop: 'request' | 'reply' }

export type Failure = FailureKind & { readonly at: Endpoint }

/** How the next consent is answered, without a page. */
export type NextAnswer =
  { readonly decision: 'approve'; readonly person: string } | { readonly decision: 'decline' }

/** What a provider received. Never the value of a secret, a code, a verifier or a token. */
export interface LoggedRequest {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly provider: string
  readonly endpoint: 'authorize' | 'consent' | 'token' | 'revocation' | 'api' | 'asset' | 'other'
  readonly method: string
  /** The real host that was stood in for, such as `api.github.com`. */
  readonly host: string
  readonly path: string
  /** Names only. */
  readonly query: readonly string[]
  /** Names only. */
  readonly form: readonly string[]
  readonly grantType?: string
  readonly origin?: string
  /** The scheme of the Authorization header: `Basic`, `Bearer`, `OAuth`. */
  readonly authorization?: string
  /** Whether a client secret came along, in the body, the query or as Basic. */
  readonly secretSent: boolean
  /** 0 where the connection was dropped. */
  readonly status: number
}

/** Scripts the emulator from a test. Each member is also a route below `/_emulator/`. */
export interface EmulatorControl {
  /** The next consent at this provider is declined, without a page. */
  denyNext(provider: string): void
  /** The next consent at this provider is given by this person (`ada`, `grace`, `lin`), without a page. */
  approveNext(provider: string, person?: string): void
  /** Every access token that is out counts as expired. Refresh tokens stay. */
  expireTokens(provider: string): void
  /** Everything that was granted is gone, of one person or of all: access and refresh tokens, agreements. */
  revoke(provider: string, person?: string): void
  /** The next request to this endpoint fails. Call it twice for two failures. */
  failNext(provider: string, at: Endpoint, how: FailureKind): void
  /**
   * How long access tokens live from now on, in seconds. Undefined for the provider's own figure.
   *
   * @throws TypeError at a provider whose tokens never expire
   */
  setTokenLifetime(provider: string, seconds: number | undefined): void
  /** What the providers, or one of them, received since the start or the last reset: the last 2000. */
  requests(provider?: string): readonly LoggedRequest[]
  /** Back to the start: no tokens, no script, no log. */
  reset(): void
}
