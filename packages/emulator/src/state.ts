import type { Person } from './people.ts'
import type { Failure, NextAnswer } from './control/types.ts'

/** One app's permission to act for one person. Every token of one dance shares one grant. */
export interface Grant {
  readonly clientId: string
  readonly person: Person
  readonly scopes: readonly string[]
}

/** An authorization code (RFC 6749 §4.1.2). Times are in milliseconds since 1970. */
export interface Code {
  readonly grant: Grant
  readonly redirectUri: string
  readonly challenge: string | undefined
  /** For the ID token (OpenID Connect Core 1.0 §3.1.2.1). */
  readonly nonce: string | undefined
  /** Whether it is good for a refresh token. */
  readonly offline: boolean
  readonly expiresAt: number
}

/** A token of any kind. `secret` belongs to an OAuth 1.0a token. */
export interface Token {
  readonly kind: 'access' | 'refresh'
  readonly grant: Grant
  readonly expiresAt: number
  readonly secret?: string
}

/** OAuth 1.0a temporary credentials (RFC 5849 §2.1). */
export interface RequestToken {
  readonly secret: string
  readonly clientId: string
  readonly callback: string
  readonly expiresAt: number
  /** Once a person has agreed. */
  readonly agreed?: {
    readonly verifier: string
    readonly grant: Grant
    /** Of the access token, in seconds. */
    readonly lifetime?: number
  }
}

/** What a consent page asks, and what becomes of either answer. */
export interface Question {
  readonly app: string
  /** In plain words. */
  readonly scopes: readonly string[]
  /** Whether the answer is a form that the browser posts there, in place of a redirect. */
  readonly posts?: boolean
  /** Both give the URL to send the browser to. */
  readonly approve: (person: Person) => string
  readonly decline: () => string
}

/** A question on a consent page, and the answer once it has been given. */
export interface Asking {
  readonly question: Question
  /** Where the person came from, for the page that says that a question is answered already. */
  readonly back: string | undefined
  readonly answered?: { readonly reply: Response; readonly at: number }
}

/** All that one counterpart remembers. */
export interface ProviderState {
  readonly questions: Map<string, Asking>
  readonly codes: Map<string, Code>
  readonly tokens: Map<string, Token>
  readonly requestTokens: Map<string, RequestToken>
  /** What has been agreed to before, by client and person. */
  readonly agreements: Map<string, readonly string[]>
  readonly nonces: Map<string, true>
  /** Scripted by the control API; taken in order. */
  readonly failures: Failure[]
  readonly answers: NextAnswer[]
  /** How long an access token lives, in seconds, where the control API has set it. */
  tokenLifetime: number | undefined
}

export const createState = (): ProviderState => ({
  questions: new Map(),
  codes: new Map(),
  tokens: new Map(),
  requestTokens: new Map(),
  agreements: new Map(),
  nonces: new Map(),
  failures: [],
  answers: [],
  tokenLifetime: undefined,
})

/** Adds to a map that never grows beyond `limit`: the oldest entry makes room. */
export function keep<T>(map: Map<string, T>, key: string, value: T, limit = 2000): void {
  map.delete(key)
  if (map.size >= limit) {
    const oldest = map.keys().next()
    if (!oldest.done) map.delete(oldest.value)
  }
  map.set(key, value)
}

/** Takes an entry out: the second time it is gone. */
export function take<T>(map: Map<string, T>, key: string): T | undefined {
  const value = map.get(key)
  map.delete(key)
  return value
}

/** Deletes every token that `ends` names. */
export function endTokens(state: ProviderState, ends: (token: Token) => boolean): void {
  for (const [value, token] of state.tokens) if (ends(token)) state.tokens.delete(value)
}

/** A value nobody can guess, `bytes` long, as base64url. */
export function randomText(bytes = 24): string {
  const values = crypto.getRandomValues(new Uint8Array(bytes))
  return toBase64Url(values)
}

/** RFC 4648 §5, without padding. */
export const toBase64Url = (bytes: Uint8Array): string =>
  toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')

export const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))
