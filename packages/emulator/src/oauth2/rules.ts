/** What can be wrong with a token request, by what it is about rather than by a provider's word. */
export type Fault =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_code'
  | 'wrong_redirect'
  | 'wrong_verifier'
  | 'invalid_refresh'
  | 'unsupported_grant_type'

/** A provider's words for a fault. */
export interface FaultReply {
  readonly error: string
  readonly description?: string
  readonly uri?: string
  readonly status?: number
}

/** In what an OAuth 2 provider differs from the next one. */
export interface OAuth2Rules {
  /** Where a client may put its id and secret. */
  readonly clientAuth: readonly ('body' | 'basic')[]
  /** Whether a PKCE challenge is demanded of a client without a secret. One that was sent is always checked; S256 only. */
  readonly pkce: 'optional' | 'required-of-public-clients'
  /** Whether `response_type`, `redirect_uri` and `scope` may be left out of the authorization request. */
  readonly mayOmit: readonly ('response_type' | 'redirect_uri' | 'scope')[]
  /** Whether a scope that nobody knows is an error. */
  readonly unknownScopes: 'refused' | 'ignored'
  readonly scopeSeparator: { readonly request: RegExp; readonly reply: ' ' | ',' }
  /** Whether this request lets someone pass who has agreed to the same scopes before. */
  readonly passesUnseen?: (query: URLSearchParams) => boolean
  /** The parameter that names the account to offer first. */
  readonly hint?: string
  /** Sent along with `error=access_denied` after a decline. */
  readonly declined?: { readonly description: string; readonly uri?: string }
  /** In seconds. */
  readonly codeLifetime: number
  /** Of an access token, in seconds. */
  readonly tokenLifetime: number
  readonly tokenType: string
  readonly tokenPrefix?: { readonly access: string; readonly refresh: string }
  readonly refresh?: {
    /** In seconds; undefined if it is told to nobody. */
    readonly lifetime?: number
    /** Whether the access tokens issued before die with a refresh. */
    readonly endsOldAccess: boolean
  }
  /** Whether replies are form-encoded unless JSON is asked for. */
  readonly reply: 'json' | 'form-unless-accepted'
  /** Whether a redirect URI that was sent to the authorization page must come to the token endpoint too. */
  readonly redirectUriAtToken: 'required' | 'optional'
  /** What is said of a fault, where that is not RFC 6749's own error with status 400 (401 for the client). */
  readonly faults?: Partial<Readonly<Record<Fault, FaultReply>>>
}
