import type { Call } from '../counterpart.ts'
import type { Code, Grant, Token } from '../state.ts'

/** What tokens are issued for: a code, or a refresh token. */
export interface Redeemed {
  readonly grant: Grant
  readonly code?: Code | undefined
  readonly refreshToken?: Token | undefined
}

/** The members of a token reply, by their names in RFC 6749 §5.1. */
export type Members = Readonly<Record<string, string | number | undefined>>

/** A token reply as it is sent: nested where the provider nests it. */
export type Reply = Readonly<Record<string, unknown>>

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
  /**
   * Whether a PKCE challenge is demanded: of nobody, of a client without a secret, of all. One that
   * was sent is checked, S256 only; but by who has never heard of it, and ignores it.
   */
  readonly pkce: 'ignored' | 'optional' | 'required-of-public-clients' | 'required'
  /** The scope without which a client that has no secret gets no token. */
  readonly publicClientScope?: string
  /** Whether a verifier beside a secret is refused. */
  readonly refusesVerifierWithSecret?: true
  /** The scopes that are asked for. @default the parameter `scope`, split */
  readonly scopesOf?: (query: URLSearchParams) => readonly string[]
  /** How a challenge is made of the verifier's SHA-256, where that is not base64url of it (RFC 7636 §4.2). */
  readonly challenge?: (hash: Uint8Array) => string
  /** Whether `response_type`, `redirect_uri` and `scope` may be left out of the authorization request. */
  readonly mayOmit: readonly ('response_type' | 'redirect_uri' | 'scope')[]
  /** Why a redirect URI is refused, however it is registered. */
  readonly refusesRedirectUri?: (uri: URL) => string | undefined
  /** Whether a scope that nobody knows is an error. */
  readonly unknownScopes: 'refused' | 'ignored'
  /** `reply` is left out where a token reply says nothing of scopes. */
  readonly scopeSeparator: { readonly request: RegExp; readonly reply?: ' ' | ',' }
  /** Whether this request lets someone pass who has agreed to the same scopes before. */
  readonly passesUnseen?: (query: URLSearchParams) => boolean
  /** The parameter that names the account to offer first. */
  readonly hint?: string
  /** What is said after a decline. */
  readonly declined?: {
    /** @default 'access_denied' */
    readonly error?: string
    readonly description?: string
    readonly uri?: string
  }
  /** Whether it knows `response_mode=form_post`. */
  readonly formPost?: true
  /** Further parameters of the answer to an approval; `first` if the person has never agreed before. */
  readonly approved?: (
    grant: Grant,
    first: boolean,
    call: Call,
  ) => Readonly<Record<string, string | undefined>>
  /** What is put behind every redirect to the app: `#_=_`. */
  readonly fragment?: string
  /** In seconds. */
  readonly codeLifetime: number
  /** Of an access token, in seconds. */
  readonly tokenLifetime: number
  readonly tokenType: string
  readonly tokenPrefix?: { readonly access: string; readonly refresh: string }
  readonly refresh?: {
    /** In seconds; undefined if it is told to nobody. */
    readonly lifetime?: number
    /** The scope without which there is no refresh token. */
    readonly scope?: string
    /** Whether this login gets a refresh token. `first` if the person has never agreed before. @default all do */
    readonly given?: (query: URLSearchParams, first: boolean) => boolean
    /** In seconds since the consent: no refresh makes it longer. Told to nobody. */
    readonly hardLifetime?: number
    /** Whether each refresh brings another refresh token, and ends the one before. @default true */
    readonly rotates?: false
    /** Whether the one before stays good. @default false */
    readonly keepsOld?: true
    /** Whether a registered redirect URI must come along. */
    readonly wantsRedirectUri?: true
    /** Whether the reply has nothing but an access token. */
    readonly brief?: true
    /** Whether the access tokens issued before die with a refresh. */
    readonly endsOldAccess: boolean
  }
  /** What it gives ID tokens for. Without it: none. */
  readonly openid?: {
    readonly issuer: (call: Call) => string
    /** Of an ID token, in seconds. */
    readonly lifetime: number
    /** The claims about a person, `sub` among them, and what the provider adds. */
    readonly claims: (grant: Grant, call: Call) => Readonly<Record<string, unknown>>
    /** Whether the authorization endpoint's answers name the issuer too (RFC 9207). */
    readonly namesItself?: true
  }
  /** The name under which a scope is granted, where that is not the one it was asked by. */
  readonly scopeInReply?: (scope: string) => string
  /** Further members of the token reply. */
  readonly members?: (grant: Grant, call: Call) => Readonly<Record<string, string | number>>
  /** Puts the members of a token reply where this provider has them. */
  readonly arrange?: (members: Members, redeemed: Redeemed, call: Call) => Reply
  /** Whether replies are form-encoded unless JSON is asked for. */
  readonly reply: 'json' | 'form-unless-accepted'
  /** Whether a redirect URI that was sent to the authorization page must come to the token endpoint too. */
  readonly redirectUriAtToken: 'required' | 'optional'
  /** What is said of a fault, where that is not RFC 6749's own error with status 400 (401 for the client). */
  readonly faults?: Partial<Readonly<Record<Fault, FaultReply>>>
  /** Answers a fault in a shape of its own, in place of `faults`. */
  readonly refuse?: (fault: Fault) => Response
}
