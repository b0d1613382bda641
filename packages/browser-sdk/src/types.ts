import type {
  OAuth1Provider,
  OAuth2Provider,
  OidcProvider,
  Params,
  Profile,
  Route,
} from '@spa-dance/providers'
import type { DanceError } from './errors.ts'
import type { AccountState, DanceState } from './state-types.ts'
import type { DanceStorage } from './storage/types.ts'

export type { AccountState, DanceState, SessionState, Status } from './state-types.ts'

/** One provider as this app uses it: the declaration plus the app's registration. */
export type DanceClient =
  | {
      provider: OAuth2Provider | OidcProvider
      /** The public client id. Needed on the `direct` route; the exchange knows its own. */
      clientId?: string
      /** Asked for by `login()` unless it names others. @default the declaration's */
      scopes?: readonly string[]
      /** Where the registration differs from the declaration. @default the declaration's */
      route?: Route
      /**
       * On the direct route: check the signature of ID tokens too, with the keys that the provider
       * publishes. They come from its token endpoint over TLS, so the standard lets that be.
       * @default false
       */
      verifySignature?: boolean
      /** Whatever is in browser code is public. Give the secret to the exchange. */
      clientSecret?: never
    }
  | {
      provider: OAuth1Provider
      clientId?: never
      scopes?: readonly string[]
      route?: 'exchange'
      verifySignature?: never
      clientSecret?: never
    }

/** What `createDance` takes. */
export interface DanceOptions<Name extends string = string> {
  /** By name: the name is what `login()` takes, and part of the redirect URI. */
  clients: Readonly<Record<Name, DanceClient>>
  /** The exchange's base URL, and this app's name there. Needed by clients on its route. @default app 'spa' */
  exchange?: string | { url: string; app?: string }
  /**
   * Where providers send people back: a path or URL of this origin. `{client}` stands for the
   * client's name, and with several clients it must be there.
   * @default `<origin>/callback/{client}`
   */
  redirectUri?: string
  /** Hands `returnTo` to a router after a callback. @default `history.replaceState` */
  navigate?: (returnTo: string) => void
  /**
   * Keeps sessions apart from those of another namespace: the id of the app's own user, where several
   * of them share a browser profile. All pages have to say the same until the app's user changes.
   */
  namespace?: string
  /** @default IndexedDB, with encrypted tokens */
  storage?: DanceStorage
}

/** What `login` may add for one time. */
export interface LoginOptions {
  /** A popup keeps this page as it is: call `login` right from a click. @default 'redirect' */
  mode?: 'redirect' | 'popup'
  /** What to do where the browser allows no popup. @default 'redirect' */
  popupBlocked?: 'redirect' | 'reject'
  /** Instead of the client's, and added to what the account has: see `account`. */
  scopes?: readonly string[]
  /**
   * Who is to sign in again: keeps their scopes, and hints at their e-mail address.
   * @default the active account, if `scopes` are named and `prompt` does not ask for another
   */
  account?: string
  /** A same-origin path to come back to. @default the page that called `login` */
  returnTo?: string
  /** OpenID's `prompt`, or the provider's own. */
  prompt?: string
  /** Who is likely to sign in, such as an e-mail address. */
  loginHint?: string
  /** Further parameters, of those that the provider's declaration accepts. */
  params?: Params
  /** Gives the login up: closes its popup, and takes no answer to it any more. */
  signal?: AbortSignal
}

/** What `logout` may be told. */
export interface LogoutOptions {
  /** Only this account. @default all of the client's */
  account?: string
  /** Revoke at the provider. @default only where that ends this token alone */
  revoke?: boolean
  /**
   * Sign out at the provider too, by leaving the page for it (OpenID Connect RP-Initiated Logout).
   * It sends the person back to the client's redirect URI, if that is registered for it.
   */
  provider?: boolean
  /** Where to come back to from there: a same-origin path. @default this page */
  returnTo?: string
}

/** What a sign-out did. The local part is always done. */
export interface LogoutResult {
  /** One entry per session that ended. */
  readonly sessions: readonly {
    readonly client: string
    readonly account: string
    /** `skipped`: not asked for, or the provider has none. `failed`: tried in vain. */
    readonly revocation: 'done' | 'skipped' | 'failed'
    /**
     * `asked`: the page is leaving for it. `skipped`: not asked for. `impossible`: the provider has no
     * such page, the exchange has signed in there, or the page leaves for another one already.
     */
    readonly provider: 'asked' | 'skipped' | 'impossible'
  }[]
}

/** What `getAccessToken` may be told. */
export interface AccessTokenOptions {
  /** The token must have these. */
  scopes?: readonly string[]
  /** It must live at least so many seconds more. @default 60, or a tenth of a shorter life */
  minValidity?: number
}

/**
 * Authorised requests as one account of a client, or as the one that is active at the time. A stable
 * facade: never null, also signed out.
 */
export interface Session {
  readonly client: string
  /** Like the global `fetch`, with the token added. Relative URLs lie below the provider's API. */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>
  readonly get: (path: string, init?: RequestInit) => Promise<Response>
  readonly post: (path: string, body?: BodyInit | null, init?: RequestInit) => Promise<Response>
  readonly put: (path: string, body?: BodyInit | null, init?: RequestInit) => Promise<Response>
  readonly patch: (path: string, body?: BodyInit | null, init?: RequestInit) => Promise<Response>
  readonly delete: (path: string, init?: RequestInit) => Promise<Response>
  /** The parsed body of a 2xx answer. @throws DanceError `api-status` for any other */
  readonly json: <T = unknown>(path: string, init?: RequestInit) => Promise<T>
  /** Asks the provider anew, and stores what it says. */
  readonly profile: () => Promise<Profile>
  /** Never navigates. @throws DanceError `interaction-required`, or `token-not-available` if it is sealed */
  readonly getAccessToken: (options?: AccessTokenOptions) => Promise<string>
  /**
   * Makes its account the active one, in all tabs and for later, as a login does.
   * @throws DanceError `signed-out` where the client has no such account
   */
  readonly activate: () => Promise<void>
  /** What it may do now. */
  readonly scopes: readonly string[]
  /** When its access token ends, in ms since 1970. Undefined where it does not expire. */
  readonly expiresAt: number | undefined
  /** All accounts of the client, the active one first. */
  readonly accounts: () => readonly AccountState[]
}

/** What `ready` resolves to after a callback. */
export interface ReadyResult<Name extends string = string> {
  readonly client: Name
  readonly returnTo: string
  readonly error?: DanceError
}

/** The events, with what their handlers get. */
export interface DanceEvents<Name extends string = string> {
  /** Awaited before the page is left. Set `params`, or throw to cancel. */
  beforeLogin: { readonly client: Name; readonly options: LoginOptions }
  /** Awaited before anything is stored. Throw to refuse the session. */
  authorized: {
    readonly client: Name
    readonly scopes: readonly string[]
    readonly account?: string
  }
  refreshed: { readonly client: Name; readonly account: string; readonly expiresAt?: number }
  expired: { readonly client: Name; readonly account: string }
  error: { readonly client?: Name; readonly error: DanceError }
  loggedOut: { readonly client: Name; readonly account: string }
  /** A session changed in another tab. */
  changed: { readonly client: Name }
}

/** One app's connections. Make it once, outside any component. */
export interface Dance<Name extends string = string> {
  /**
   * Never rejects. Resolves once storage is read and, if this page is a callback, that is done:
   * then to what came of it, else to null.
   */
  readonly ready: Promise<ReadyResult<Name> | null>
  /**
   * Leaves the page for the provider's; stays pending, and rejects if the page is shown again. In a
   * popup it resolves with the session, or rejects; that is within ten minutes in any case.
   */
  login(client: Name, options?: LoginOptions): Promise<Session>
  /** Forgets first, then revokes. Without a name: all clients. */
  logout(client?: Name, options?: LogoutOptions): Promise<LogoutResult>
  /** The active account of a client, or the one named. */
  session(client: Name, account?: string): Session
  getState(): DanceState<Name>
  /** The state before storage was read, for rendering on a server. */
  getInitialState(): DanceState<Name>
  /** Calls after each change. Returns its undo. */
  subscribe(listener: (state: DanceState<Name>, previous: DanceState<Name>) => void): () => void
  /** Returns its undo. */
  on<E extends keyof DanceEvents<Name>>(
    event: E,
    handler: (payload: DanceEvents<Name>[E]) => void | Promise<void>,
  ): () => void
  /** Stops timers, listeners and channels, so that hot reloading leaves exactly one dance. */
  destroy(): void
}
