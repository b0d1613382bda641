import type { Profile } from '@spa-dance/providers'

/** What authorises requests. Times are in ms since 1970. */
export interface StoredTokens {
  readonly accessToken: string
  readonly tokenType: 'Bearer' | 'DPoP'
  /** A refresh token, or the exchange's handle. */
  readonly refreshToken?: string
  readonly scopes: readonly string[]
  readonly issuedAt: number
  /** Absent where the access token does not expire. */
  readonly expiresAt?: number
}

/** One connected account of a client, with all that a request as this account needs. */
export interface StoredSession {
  /** The record's format. A record of another format is left alone, and not read. */
  readonly v: 1
  /** The primary key: client, context and account in one text. Holds no secret. */
  readonly key: string
  /** Another one with each write, so that a writer can tell whether someone was faster. */
  readonly revision: string
  readonly client: string
  /** Which registration at which server the tokens are of. */
  readonly context: string
  readonly account: string
  readonly tokens: StoredTokens
  /** Where this person's API lies, where the provider says so at the login. */
  readonly apiOrigin?: string
  /** What the login asked for, where the provider calls that otherwise. */
  readonly asked?: readonly string[]
  /** Of the provider's own sign-out page, where it has one. */
  readonly idToken?: string
  /** Of the ID token that came with the login. */
  readonly subject?: { readonly iss: string; readonly sub: string }
  readonly profile?: Profile
  /** The key that the tokens are bound to (RFC 9449). Its private part can't be exported. */
  readonly keys?: CryptoKeyPair
}

/** One login under way. */
export interface Flow {
  readonly v: 1
  /** The primary key: the `state` that was sent. */
  readonly state: string
  readonly client: string
  readonly context: string
  readonly redirectUri: string
  readonly verifier: string
  readonly nonce?: string
  readonly scopes: readonly string[]
  readonly returnTo: string
  /** Whether a popup is to end it, and to close. */
  readonly popup?: true
  /** Whether it is none, but a sign-out at the provider. */
  readonly logout?: true
  /** In ms since 1970. */
  readonly created: number
  readonly keys?: CryptoKeyPair
}

/** Keeps logins under way, for at most ten minutes each. */
export interface FlowStorage {
  /** Keeps a flow; drops expired ones, and the oldest where there are too many. */
  put(flow: Flow): Promise<void>
  /** Reads and deletes in one step: of several callers at most one gets the flow. */
  take(state: string): Promise<Flow | undefined>
  /** Drops all flows of a client. */
  clear(client: string): Promise<void>
}

/** One atomic step: all of it happens, or nothing. */
export interface StorageWrite {
  readonly put?: readonly StoredSession[]
  /** Keys of sessions. */
  readonly delete?: readonly string[]
  /** Do nothing unless this session is still there, in this revision. */
  readonly onlyIf?: { readonly key: string; readonly revision: string }
}

/**
 * Where sessions are kept. Make your own to keep them elsewhere; values are structured-cloneable
 * and hold a `CryptoKeyPair` where tokens are bound to a key, so text alone can't keep them.
 */
export interface DanceStorage {
  /** For messages. */
  readonly name: string
  /**
   * Whether all tabs of the origin, and the next page, see the same sessions. If so, what may be
   * shown of them (never a token) is also kept in localStorage, for the first render.
   */
  readonly shared: boolean
  /** @throws DanceError `storage-failed` */
  get(key: string): Promise<StoredSession | undefined>
  /** The keys that begin with `prefix`. */
  list(prefix: string): Promise<readonly string[]>
  /** @returns false where `onlyIf` did not hold, and nothing was done */
  write(write: StorageWrite): Promise<boolean>
  /** @default the tab's sessionStorage, which can hold no key */
  readonly flows?: FlowStorage
  /** Called as soon as the storage is sure to be needed, to save time. */
  open?(): void
}
