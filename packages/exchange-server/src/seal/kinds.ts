import type { Learnt } from '@spa-dance/providers/protocol'

/** An OAuth 1.0a credential: a token with its secret (RFC 5849 §1.1). */
export interface OAuth1Token {
  readonly token: string
  readonly secret: string
}

/** One login attempt, in the browser's cookie until the provider sends it back. */
export interface Flow {
  /** Our `state` towards the provider, or the request token: the cookie is named by its hash. */
  readonly key: string
  readonly app: string
  readonly client: string
  readonly redirectUri: string
  readonly state?: string | undefined
  /** The page's PKCE challenge. */
  readonly challenge: string
  readonly scopes: readonly string[]
  readonly dpopJkt?: string | undefined
  /** Our own PKCE verifier towards the provider. */
  readonly verifier?: string | undefined
  /** What an ID token must repeat. */
  readonly nonce?: string | undefined
  readonly requestToken?: OAuth1Token | undefined
}

/** What the page redeems at `/token`. */
export interface Code {
  readonly app: string
  readonly client: string
  readonly redirectUri: string
  readonly challenge: string
  readonly scopes: readonly string[]
  readonly dpopJkt?: string | undefined
  readonly nonce?: string | undefined
  readonly upstream:
    | {
        readonly code: string
        readonly verifier?: string | undefined
        readonly learnt?: Learnt | undefined
      }
    | { readonly requestToken: OAuth1Token; readonly oauthVerifier: string }
}

/** Who it is, where that is known. */
export interface Account {
  readonly iss?: string
  readonly id: string
}

/** The provider's credential inside a sealed access token. */
export type Access = { readonly bearer: string } | { readonly oauth1: OAuth1Token }

/** An access token that only the relay can use, and only with the key it is bound to. */
export interface SealedToken {
  readonly app: string
  readonly client: string
  /** RFC 7638 thumbprint of the page's key. */
  readonly jkt: string
  readonly access: Access
  readonly learnt?: Learnt | undefined
}

/** What the page keeps in place of a refresh token. */
export interface Handle {
  readonly app: string
  readonly client: string
  readonly jkt: string
  readonly account?: Account | undefined
  readonly scopes: readonly string[]
  /** When the sign-in took place, in seconds since 1970. */
  readonly since: number
  readonly refreshToken?: string | undefined
  /** Kept where there is no refresh token, or where the provider revokes by it. */
  readonly access?: Access | undefined
  /** When `access` ends, in seconds since 1970. Absent: never. */
  readonly accessUntil?: number | undefined
  /** Where this person's data lies. */
  readonly learnt?: Learnt | undefined
}

/** Everything that is ever sealed, by kind. No kind opens as another. */
export interface Kinds {
  readonly flow: Flow
  readonly code: Code
  readonly token: SealedToken
  readonly handle: Handle
  /** An upstream answer that waits in the store for a retry. */
  readonly answer: { readonly text: string }
}

export type Kind = keyof Kinds
