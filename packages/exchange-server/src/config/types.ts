import type { OAuth1Provider, OAuth2Provider, OidcProvider } from '@spa-dance/providers'
import type { RateLimit } from '../types.ts'
import type { HostPolicy } from '../guards/provider-host.ts'
import type { Registration } from '@spa-dance/providers/protocol'

/** A key of the ring, by its id. */
export interface SealKey {
  readonly kid: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** An app as the routes need it. */
export interface AppConfig {
  readonly name: string
  readonly redirectUris: readonly string[]
  readonly origins: ReadonlySet<string>
  readonly clients: ReadonlySet<string> | undefined
  readonly browserless: boolean
}

interface ClientBase {
  readonly name: string
  /** `<baseUrl>/<name>`: what the page's `iss` says. */
  readonly issuer: string
  /** What is registered at the provider. */
  readonly callbackUri: string
  readonly scopes: readonly string[]
  readonly allowedScopes: ReadonlySet<string>
}

/** What the exchange signs in place of a shared secret: one of a team (Apple), or an assertion. */
export type Signing = {
  /** PEM. */
  readonly key: string
} & (
  | {
      readonly as: 'secret'
      readonly keyId: string
      readonly teamId: string
      readonly audience: string
    }
  | {
      readonly as: 'assertion'
      readonly keyId: string | undefined
    }
)

/** A client in front of an OAuth 2 or OpenID provider. */
export interface OAuth2ClientConfig extends ClientBase {
  readonly kind: 'oauth2'
  readonly provider: OAuth2Provider | OidcProvider
  /** Without a secret where that is signed anew for each request. */
  readonly registration: Registration
  readonly signing: Signing | undefined
  readonly relay: boolean
  readonly bearer: boolean
}

/** A client in front of an OAuth 1.0a provider. */
export interface OAuth1ClientConfig extends ClientBase {
  readonly kind: 'oauth1'
  readonly provider: OAuth1Provider
  readonly consumerKey: string
  /** The shared secret, or the PEM of the private key: the provider's `signature` says which. */
  readonly secret: string
}

export type ClientConfig = OAuth2ClientConfig | OAuth1ClientConfig

/** A configuration that was found good. */
export interface ExchangeConfig {
  readonly baseUrl: string
  readonly origin: string
  /** The path of `baseUrl`: empty, or `/…` without a trailing slash. */
  readonly basePath: string
  /** Whether `baseUrl` is https: decides the flow cookie's form. */
  readonly secure: boolean
  readonly apps: ReadonlyMap<string, AppConfig>
  readonly clients: ReadonlyMap<string, ClientConfig>
  readonly sealKeys: readonly SealKey[]
  readonly hosts: HostPolicy
  readonly rateLimit: RateLimit
  readonly maxConcurrent: number
  readonly idleLifetime: number
  readonly absoluteLifetime: number
}
