import type { Registration } from './options.ts'
import type { LoggedRequest } from './control/types.ts'
import type { Person } from './people.ts'
import type { SigningKey } from './signing-key.ts'
import type { ProviderState } from './state.ts'

/**
 * The stand-in for one provider: what it is called, how it looks, and which engine answers on which
 * path. What it does is written from what the provider's own documents say, never from a preset.
 */
export interface Counterpart {
  readonly id: string
  /** For people. */
  readonly name: string
  /** The hosts it stands in for, the one with the authorization page first. */
  readonly hosts: readonly [string, ...string[]]
  readonly look: Look
  /** What each scope allows, in plain words. */
  readonly scopes: Readonly<Record<string, string>>
  /** Whether an app may be registered without a secret. */
  readonly publicClients: boolean
  /** Whether an app registers a public key in place of a secret. @default false */
  readonly publicKeys?: boolean
  /** Whether its API takes requests signed by OAuth 1.0a, and no bearer tokens. @default false */
  readonly signed?: true
  /** Whether its access tokens ever expire. */
  readonly tokensExpire: boolean
  /** What it answers to a method that a path does not have. @default 405 */
  readonly wrongMethod?: 404 | 405
  /** How the person is called on its consent page: an address, a handle. */
  readonly account: (person: Person) => string
  readonly routes: readonly Route[]
}

/** How a consent page shows whose it is. */
export interface Look {
  /** Of the mark's ground, as CSS. */
  readonly colour: string
  /** Of the main button: white text must be readable on it. */
  readonly button: string
  /** The mark, as an SVG path on a 24 by 24 grid. */
  readonly mark: string
  readonly approve: string
  readonly decline: string
}

/** What pages of other origins may do with a route. Without it: nothing, preflight included. */
export interface Cors {
  readonly headers: readonly string[]
  readonly exposes?: readonly string[]
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** One of the counterpart's hosts. @default the first */
  readonly host?: string
  /** As Hono reads it: `/avatars/:id/:file`. */
  readonly path: string
  readonly endpoint: LoggedRequest['endpoint']
  readonly cors?: Cors
  readonly handle: Handler
}

type Place = Pick<Route, 'host' | 'cors'>

const route =
  (method: Route['method']) =>
  (path: string, endpoint: Route['endpoint'], handle: Handler, place: Place = {}): Route => ({
    method,
    path,
    endpoint,
    handle,
    ...place,
  })

type RouteMaker = ReturnType<typeof route>

export const onGet: RouteMaker = route('GET')
export const onPost: RouteMaker = route('POST')
export const onDelete: RouteMaker = route('DELETE')

export type Handler = (call: Call) => Response | Promise<Response>

/** One request to a counterpart, read. */
export interface Call {
  readonly counterpart: Counterpart
  readonly registrations: readonly Registration[]
  readonly state: ProviderState
  /** Milliseconds since 1970. */
  readonly now: number
  /** What ID tokens are signed by. */
  readonly signingKey: () => Promise<SigningKey>
  readonly request: Request
  /** As the caller addressed it: the emulator's scheme, the Host header. */
  readonly url: URL
  /** The path's variable parts. */
  readonly params: Readonly<Record<string, string>>
  readonly body: string
  /** The body's parameters, where its type is `application/x-www-form-urlencoded`. */
  readonly form: URLSearchParams | undefined
  /** Where one of the counterpart's hosts is emulated, without a slash at the end. */
  readonly origin: (host?: string) => string
}

/** @returns undefined for a client this provider has never heard of */
export function findClient(call: Call, clientId: string | null): Registration | undefined {
  return call.registrations.find((registration) => registration.clientId === clientId)
}
