/** An origin that a provider names at a login, and those it may be. */
export interface LearntOrigin {
  /** What names it: `https://accounts.example.eu`, and nothing more than an origin. */
  readonly from: string
  /** Whole origins, and `https://*.example.com` for whatever lies below a domain. */
  readonly within: readonly string[]
}

/**
 * Where a person's data lies, which some providers say only at the login. It stands in for the origin
 * that is declared: paths stay as they are, and another origin than those listed ends the login. Until
 * it is named, or where it never is, the declared one counts.
 */
export interface LearntOrigins {
  /**
   * Of the token endpoint, and of all else that is declared at its origin but the authorization page.
   * `from` is a parameter beside the code. Only the exchange reads it.
   */
  readonly tokenOrigin?: LearntOrigin
  /** Of `api.baseUrl`, and of all else of the API at its origin. `from` is a member of the token reply. */
  readonly apiOrigin?: LearntOrigin
}
