import type { LearntOrigins } from './learnt.ts'

/** Query or body parameters. A member that is `undefined` is not sent. */
export type Params = Readonly<Record<string, string | undefined>>

/**
 * Who the page speaks OAuth to: the provider itself, or the exchange in front of it.
 *
 * `direct` needs a provider that lets a public client in a page do the whole dance (PKCE, no
 * secret, CORS at the token endpoint).
 */
export type Route = 'direct' | 'exchange'

/** What may be shown of a person. `id` is the provider's own, as text. */
export interface Profile {
  readonly id: string
  readonly name?: string
  readonly email?: string
  readonly picture?: string
}

/** What a declaration's `read` gives: `readProfile()` drops every member that is not usable text. */
export type ProfileMembers = { readonly [Member in keyof Profile]?: unknown }

/** How to ask a provider's API who has signed in. */
export interface ProfileRequest {
  /** Relative to `api.baseUrl`, or a whole URL that the API's prefixes cover. */
  readonly path: string
  /** @default 'GET' */
  readonly method?: 'GET' | 'POST'
  /** Sent as a JSON body, by POST: `{ query: '…' }` asks a GraphQL API. */
  readonly json?: Readonly<Record<string, unknown>>
  /** Picks the members out of the API's JSON. Pure. */
  // oxlint-disable-next-line typescript/no-explicit-any -- foreign JSON; readProfile() checks the result
  readonly read: (reply: any) => ProfileMembers
}

/** Where authorised requests may go, and what they need. */
export interface ProviderApi {
  /** Relative paths are resolved below it, and the token may be sent below it. Ends in `/`. */
  readonly baseUrl: string
  /** Further places that may be sent the token: whole URLs, or prefixes that end in `/`. */
  readonly alsoAllowed?: readonly string[]
  /** Whether a page may call the API with an `Authorization` header. If not, calls are relayed. */
  readonly cors: boolean
  /**
   * Sent with every API request, unless the caller sets them. A `User-Agent` among them is what the
   * exchange calls itself in all of its requests.
   */
  readonly headers?: Readonly<Record<string, string>>
  /**
   * The form parameter that carries the token of a page, where a preflight allows no `Authorization`
   * header: each call of the page is then a POST of a form. The relay sends the header.
   */
  readonly tokenParam?: string
  /** What stands before the token in the `Authorization` header. @default 'Bearer' */
  readonly scheme?: string
  /**
   * Where errors hide in JSON under status 200: the values of its `error` that say what status 401
   * says elsewhere.
   */
  readonly unauthorized?: readonly string[]
}

/** How a credential is given back. The default is RFC 7009; GitHub needs every member. */
export interface Revocation {
  /** `{client_id}` in it stands for the registration's client id, `{token}` for the credential. */
  readonly url: string
  /** What one revocation ends. Only `token` is done by a sign-out unasked. */
  readonly ends: 'token' | 'grant' | 'user'
  /** Which credential it takes. @default the refresh token if there is one, else the access token */
  readonly takes?: 'access_token' | 'refresh_token'
  /** The member that carries it. @default 'token' */
  readonly parameter?: string
  /** The credential is the request's bearer token (RFC 6750 §2.1), with neither body nor client. */
  readonly bearer?: true
  /** @default 'POST' */
  readonly method?: 'POST' | 'DELETE'
  /** @default 'form' */
  readonly encoding?: 'form' | 'json'
  /** @default the token endpoint's */
  readonly clientAuth?: ClientAuth
}

/**
 * How the exchange proves who it is: RFC 6749 §2.3.1 in the body, as Basic, or not at all.
 * `basic-id` is Basic with an empty password, for a registration without a secret; `private_key_jwt`
 * a JWT signed by the client's own key (RFC 7523 §2.2, OpenID Connect Core 1.0 §9).
 */
export type ClientAuth = 'body' | 'basic' | 'basic-id' | 'private_key_jwt' | 'none'

interface ProviderBase {
  /** Lower-case letters, digits and hyphens. */
  readonly id: string
  /** For people: `GitHub`. */
  readonly name: string
  readonly api: ProviderApi
  readonly profile?: ProfileRequest
  readonly revocation?: Revocation
  /** The member of the token reply that says whose tokens these are, such as Twitter's `user_id`. */
  readonly account?: string
}

/** The page a person is sent to, and what comes back from it. */
export interface Authorization {
  readonly url: string
  /** Sent with every login. */
  readonly params?: Params
  /** Names of parameters that one login may add (`login(client, { params })`). */
  readonly accepts?: readonly string[]
  /** The name under which `login_hint` is sent. @default 'login_hint' */
  readonly loginHint?: string
  /** The `iss` that every authorization response carries (RFC 9207). */
  readonly iss?: string
  /** `error` codes, beside `access_denied`, that mean the person declined. */
  readonly denied?: readonly string[]
  /**
   * The parameter that says, beside the code, which of the scopes were granted, where the token reply
   * does not. Only the exchange reads it.
   */
  readonly grantedScopes?: string
  /** Whether it answers by a form that the browser posts, which only an exchange can take. */
  readonly formPost?: true
  /** How long a code lives, in seconds: said where it is less than 60. @default 60 */
  readonly codeLifetime?: number
}

/** The token endpoint. */
export interface TokenEndpoint {
  readonly url: string
  /** @default 'body' */
  readonly clientAuth?: ClientAuth
  /**
   * The audience of what the exchange signs anew for each request: a JWT (ES256) that it sends as its
   * secret, or with `clientAuth: 'private_key_jwt'` the assertion. @default the issuer, for the latter
   */
  readonly signedFor?: string
  /** @default 'form' */
  readonly encoding?: 'form' | 'json'
  /** Sent with every token request. */
  readonly params?: Params
  /** Sent with a refresh only. */
  readonly refreshParams?: Params
  /** Whether a refresh names the redirect URI too. */
  readonly refreshRedirectUri?: true
  /** Whether a code and a refresh token are sent with the scopes that were asked for. */
  readonly repeatsScopes?: true
  /**
   * A grant type by which the exchange swaps the access token of a login for one that lives longer.
   * The parameter that carries the former has the same name.
   */
  readonly swap?: string
  /**
   * `error` codes, beside `invalid_grant` and `interaction_required`, that mean the grant is dead:
   * sign in again.
   */
  readonly deadGrant?: readonly string[]
  /** Whether it binds tokens to a key (RFC 9449). @default false */
  readonly dpop?: boolean
}

/** What makes an OAuth 2 provider an OpenID Provider. */
export interface OpenId {
  /** The `iss` of its ID tokens, to the letter. */
  readonly issuer: string
  readonly jwksUrl: string
  /**
   * What else the ID token of a login has to say, to the letter: such as `hd`, Google's domain. A
   * login without an ID token is refused then too.
   */
  readonly claims?: Params
  /** RP-initiated logout. */
  readonly endSessionUrl?: string
}

/**
 * The few places where a provider may leave the standard in its own way. Each is pure, synchronous
 * and imports nothing, because it ships to the page too. None can set what the protocol guards.
 */
export interface Hooks {
  authorization?(params: URLSearchParams): void
  /** Makes the provider's own PKCE challenge of the standard one (S256, RFC 7636 §4.2). */
  challenge?(s256: string): string
  tokenRequest?(params: URLSearchParams): void
  /** Returns the reply's members under their standard names. */
  tokenReply?(reply: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>
}

/** Everything the dance needs to know of an OAuth 2 provider. Public: no secret fits in it. */
export interface OAuth2Provider extends ProviderBase {
  readonly protocol: 'oauth2'
  readonly route: Route
  readonly authorization: Authorization
  readonly token: TokenEndpoint
  readonly openid?: OpenId
  readonly learnt?: LearntOrigins
  /** Asked for when the app names none. */
  readonly scopes?: readonly string[]
  /** @default ' ' both ways */
  readonly scopeSeparator?: { readonly request?: ' ' | ','; readonly reply?: ' ' | ',' }
  /** Only for a provider that rejects PKCE's parameters. The page's own leg always has PKCE. */
  readonly pkce?: false
  readonly hooks?: Hooks
}

/** An OpenID Provider whose endpoints are read from its discovery document. */
export interface OidcProvider extends Omit<ProviderBase, 'api' | 'profile' | 'revocation'> {
  readonly protocol: 'oidc'
  readonly route: Route
  /** Exactly as the provider writes it, trailing slash included. */
  readonly issuer: string
  /** @default the UserInfo endpoint's own URL and nothing else */
  readonly api?: ProviderApi
  readonly authorization?: Omit<Authorization, 'url' | 'iss'>
  readonly token?: Omit<TokenEndpoint, 'url'>
  readonly revocation?: Omit<Revocation, 'url'>
  readonly scopes?: readonly string[]
}

/**
 * How requests are signed: by RFC 5849 §3.4, or likewise with SHA-256, which came after it. `HMAC` is
 * by the secrets of app and token, `RSA` by a key of the app.
 */
export type SignatureMethod = 'HMAC-SHA1' | 'HMAC-SHA256' | 'RSA-SHA1' | 'RSA-SHA256'

/** An OAuth 1.0a provider (RFC 5849). The exchange signs; the page speaks OAuth 2 to the exchange. */
export interface OAuth1Provider<S extends SignatureMethod = SignatureMethod> extends ProviderBase {
  readonly protocol: 'oauth1'
  readonly route: 'exchange'
  readonly signature: S
  readonly requestToken: { readonly url: string; readonly params?: Params }
  readonly authorization: Pick<Authorization, 'url' | 'params' | 'accepts' | 'loginHint'> & {
    /** The callback's parameter that says the person declined. @default 'denied' */
    readonly deniedParam?: string
    /** The `oauth_verifier` that says so, where it is told that way: Atlassian's products do. */
    readonly deniedVerifier?: string
  }
  readonly accessToken: {
    readonly url: string
    /** How long its tokens live, in seconds. @default for ever */
    readonly lifetime?: number | undefined
  }
}

/** The public declaration of a service. Plain data. */
export type Provider = OAuth2Provider | OidcProvider | OAuth1Provider

/** A declaration whose endpoints are all known. */
export type ResolvedProvider = OAuth2Provider | OAuth1Provider
