import type { OAuth1Provider, OAuth2Provider, OidcProvider } from '@spa-dance/providers'
import type { ExchangeCrypto } from './crypto/types.ts'
import type { ExchangeEvent, RequestLogEntry } from './observe/types.ts'

/** A site, or a browserless program, that may use this exchange. Its name is its `client_id`. */
export interface ExchangeApp {
  /**
   * Where people may be sent back to: compared to the letter, after `{client}` (the only pattern)
   * has been replaced by the client's name. The origins of these are the app's origins.
   */
  redirectUris: readonly string[]
  /** The clients it may use. @default all */
  clients?: readonly string[]
  /** Whether requests without an `Origin` are taken: native and server programs. @default false */
  browserless?: boolean
}

/** What an OAuth 2 registration may be told beside its credentials. */
interface OAuth2ClientOptions {
  /** Asked for when a login names none. @default the declaration's */
  scopes?: readonly string[]
  /** The most that a login may ask for. @default `scopes` */
  allowedScopes?: readonly string[]
  /** Seal the access token and relay every API call, also where the API has CORS. @default false */
  relay?: boolean
  /**
   * Hand out the provider's own access token even if it lives longer than 24 hours. Weaker: such a
   * token can be used from anywhere until it expires. Needs an API with CORS. @default false
   */
  bearer?: boolean
}

/** A registration with an OAuth 2 or OpenID provider. */
export interface ExchangeOAuth2Client extends OAuth2ClientOptions {
  provider: OAuth2Provider | OidcProvider
  clientId: string
  /** Left out only where the declaration's `token.clientAuth` is `none`, or the exchange signs. */
  clientSecret?: string
  /** Whom a signed secret is from: with Apple the team's id. */
  teamId?: string
  /** The id of `signingKey` at the provider. */
  keyId?: string
  /**
   * What the exchange signs by, in place of a secret: where the declaration has `token.signedFor`, or
   * `token.clientAuth: 'private_key_jwt'`. PEM, PKCS #8, of P-256 (ES256), or of RSA (RS256) for the
   * latter. Make one for each provider.
   */
  signingKey?: string
}

/** A registration with an OAuth 1.0a provider that signs by a secret. */
export interface ExchangeHmacClient {
  provider: OAuth1Provider<'HMAC-SHA1' | 'HMAC-SHA256'>
  consumerKey: string
  consumerSecret: string
}

/** A registration with an OAuth 1.0a provider that signs by a key. */
export interface ExchangeRsaClient {
  provider: OAuth1Provider<'RSA-SHA1' | 'RSA-SHA256'>
  consumerKey: string
  /** PEM, PKCS #8 or PKCS #1, at least 2048 bits. */
  privateKey: string
}

/** A provider with this exchange's registration there. */
export type ExchangeClient = ExchangeOAuth2Client | ExchangeHmacClient | ExchangeRsaClient

/** How the exchange reaches providers: shaped like the global `fetch`. It must not follow redirects. */
export type Transport = (url: string, init: RequestInit) => Promise<TransportAnswer>

/** What is used of a provider's answer: any `Response` will do. */
export interface TransportAnswer {
  readonly status: number
  readonly type?: string
  readonly headers: Pick<Headers, 'get'>
  /** Read once. Reading it to the end, breaking off, or the request's signal ends it. */
  readonly body: AsyncIterable<Uint8Array> | null
}

/**
 * What instances must share for promises that reach beyond one of them: proofs and codes that work
 * once, one refresh at a time, limits of rates. No text handed to it can be read: it is hashed or
 * sealed, or no secret. Where it can't be reached its methods throw `StoreDownError`, `share` only
 * before it has begun to `work`.
 */
export interface ExchangeStore {
  /** Whether `key` is seen for the first time within `seconds`. */
  first(key: string, seconds: number): Promise<boolean>
  /**
   * Runs `work` once for all who come with `key` while it runs or within `seconds` after, and gives
   * all of them its answer. A failure is not kept. After `keep` seconds, or where too much is to be
   * kept, it may give an empty text in place of the answer.
   */
  share(key: string, seconds: number, work: () => Promise<string>, keep?: number): Promise<string>
  /** Counts `key` once more, and gives its number within the running span of `seconds`. */
  count(key: string, seconds: number): Promise<number>
  /** Ends its connections, if it has some. */
  close?(): Promise<void>
}

/** How often somebody may ask, by the minute. Beyond it the answer is 429 with `Retry-After`. */
export interface RateLimit {
  /**
   * Requests from one address (of IPv6, one /64) to one client. Needs an `addressOf`. Think of the
   * offices and mobile networks in which many people have one address. @default unlimited
   */
  perAddress?: number
  /** Refreshes and relayed calls by the key of one browser. @default unlimited */
  perKey?: number
}

/** What `createExchangeServer` takes. */
export interface ExchangeOptions {
  /**
   * Where browsers reach this exchange, without a trailing slash. It is never taken from a request.
   * With `http` (loopback only) the flow cookie has neither prefix nor `Secure`.
   */
  baseUrl: string
  apps: Readonly<Record<string, ExchangeApp>>
  /** By name: the name is part of every URL, such as `<baseUrl>/github/callback`. */
  clients: Readonly<Record<string, ExchangeClient>>
  /** `<kid>:<32 random bytes, base64url>` as `dance-exchange keygen` prints. The first seals, all open. */
  sealKeys: readonly string[]
  /**
   * Hosts of providers in your own network, by name, such as `['jira.corp']`. Any other private
   * address is refused; with an http `baseUrl`, which is for development, loopback is not.
   * @default none
   */
  allowPrivate?: readonly string[]
  /** How long a sign-in lasts without use, in seconds. @default 30 days */
  idleLifetime?: number
  /** How long a sign-in lasts at most, in seconds. @default 180 days */
  absoluteLifetime?: number
  /** @default the global `fetch`; on Node `nodeTransport()` of `./node` is several times faster */
  fetch?: Transport
  /** @default WebCrypto; on Node `nodeCrypto()` of `./node` is several times faster */
  crypto?: ExchangeCrypto
  /** @default memoryStore(), of this instance alone */
  store?: ExchangeStore
  /** @default none: how much is too much depends on the app, and on what stands before the exchange */
  rateLimit?: RateLimit
  /**
   * The address that a request comes from, as only the platform knows it. `startExchange` brings its
   * own. Take no header for it that a caller can set.
   *
   * @param env what the platform hands to `app.fetch` beside the request
   */
  addressOf?: (request: Request, env: unknown) => string | null | undefined
  /**
   * How many requests to one client may be under way at this instance, those that wait for a
   * connection included. Beyond it the answer is 503. @default 2000
   */
  maxConcurrent?: number
  /**
   * Keeps the platform from ending work because its caller has gone: `waitUntil` of
   * `cloudflare:workers`, or of your platform. Servers end nothing by themselves, and need none.
   */
  waitUntil?: (work: Promise<unknown>) => void
  /** Called once per request; `jsonLines(console.log)` makes one. @default no log */
  log?: (entry: RequestLogEntry) => void
  /**
   * Called with everything that happens, for metrics and alarms. What it throws harms no request.
   */
  onEvent?: (event: ExchangeEvent) => void
}
