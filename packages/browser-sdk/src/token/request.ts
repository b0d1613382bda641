import { readTokenReply, tokenRequest, type Grant } from '@spa-dance/providers/protocol'
import { DanceError } from '../errors.ts'
import { loadDpop } from '../parts.ts'
import type { Server } from '../server/resolve.ts'
import type { StoredTokens } from '../storage/types.ts'
import { fetchText, type TextReply } from './fetch-text.ts'

/** Whose tokens these are, as the server says. */
export interface ReplyAccount {
  readonly iss?: string
  readonly id: string
}

/** What a token endpoint gave. */
export interface Granted {
  readonly kind: 'granted'
  readonly tokens: Omit<StoredTokens, 'scopes'>
  /** Absent where the reply does not name them. The exchange always does, even if there are none. */
  readonly scopes?: readonly string[]
  readonly idToken?: string
  readonly account?: ReplyAccount
  readonly apiOrigin?: string
}

/** What became of a token request. */
export type TokenResult =
  | Granted
  /** The grant is gone for good: only a new login helps. */
  | { readonly kind: 'dead'; readonly error: DanceError }
  /** Nothing was decided. `retryAfter` in ms, where the server says. */
  | { readonly kind: 'failed'; readonly error: DanceError; readonly retryAfter?: number }

/**
 * Asks a token endpoint, once (RFC 6749 §4.1.3, §6), with a proof of the key where there is one.
 *
 * @throws DanceError `network-failed` or `timeout`: then whether the server got it is unknown
 */
export async function requestTokens(
  server: Server,
  grant: Grant,
  keys: CryptoKeyPair | undefined,
): Promise<TokenResult> {
  const { client, speaks } = server
  const request = tokenRequest(speaks, { clientId: client.clientId }, grant)
  const { url, method, headers, body } = request
  const send = (proof?: string): Promise<TextReply> =>
    fetchText(
      url,
      { method, body, headers: { ...headers, ...(proof !== undefined && { DPoP: proof }) } },
      { client: client.name, deadline: 20_000 },
    )
  const bound = async (pair: CryptoKeyPair): Promise<TextReply> =>
    (await loadDpop()).sendWithProof({ keys: pair, method, url }, send, wantsNonce)
  const reply = await (keys ? bound(keys) : send())
  return read(server, reply, keys !== undefined)
}

/** RFC 9449 §8: that error and nothing else. */
const wantsNonce = ({ status, text }: TextReply): boolean =>
  (status === 400 || status === 401) && member(text, 'error') === 'use_dpop_nonce'

function read(server: Server, { status, headers, text }: TextReply, bound: boolean): TokenResult {
  const { client, speaks } = server
  const isExchange = client.route === 'exchange'
  const where = new URL(speaks.token.url).origin
  const details = { client: client.name, status }
  const result = readTokenReply(speaks, status, text)
  if (status >= 500 || status === 429) {
    const message = `${where} can't answer now (status ${status}). Try again later.`
    const retryAfter = Number(headers.get('Retry-After') ?? Number.NaN)
    return {
      kind: 'failed',
      error: new DanceError('provider-unavailable', message, { ...details, retryable: true }),
      ...(retryAfter > 0 && { retryAfter: retryAfter * 1000 }),
    }
  }
  if (result.kind === 'refused') {
    const { error: code, dead } = result
    const kind = dead ? 'dead' : 'failed'
    const refused = isExchange ? 'exchange-refused' : 'provider-refused'
    const message = `${where} refuses the token request: ${code}.${hint(code, client)}`
    return { kind, error: new DanceError(refused, message, details) }
  }
  const unreadable = (reason: string): TokenResult => ({
    kind: 'failed',
    error: new DanceError(
      'reply-unreadable',
      `${where} gave no token reply: ${reason}. ${
        isExchange
          ? 'Is that your exchange? Check the "exchange" of createDance.'
          : "Check the declaration, its token endpoint's URL above all."
      }`,
      details,
    ),
  })
  if (result.kind === 'unreadable') return unreadable(result.reason)
  const { accessToken, tokenType, expiresIn, refreshToken, idToken } = result.tokens
  const { scopes = member(text, 'scope') === '' && isExchange ? [] : undefined } = result.tokens
  const { apiOrigin } = result.tokens
  if (tokenType === 'DPoP' && !bound) return unreadable('its token is bound to a key never sent')
  const issuedAt = Date.now()
  const account = readAccount(text) ?? toAccount(result.tokens.account)
  const providerIdToken = isExchange ? member(text, 'provider_id_token') : idToken
  return {
    kind: 'granted',
    tokens: {
      accessToken,
      tokenType,
      ...(refreshToken !== undefined && { refreshToken }),
      issuedAt,
      ...(expiresIn !== undefined && { expiresAt: issuedAt + expiresIn * 1000 }),
    },
    ...(scopes && { scopes }),
    ...(typeof providerIdToken === 'string' && { idToken: providerIdToken }),
    ...(account && { account }),
    ...(apiOrigin !== undefined && { apiOrigin }),
  }

  function readAccount(body: string): ReplyAccount | undefined {
    if (!isExchange) return undefined
    const { iss, id } = Object(member(body, 'account'))
    if (typeof id !== 'string' || id === '') return undefined
    return { id, ...(typeof iss === 'string' && { iss }) }
  }
}

const toAccount = (id: string | undefined): ReplyAccount | undefined =>
  id === undefined ? undefined : { id }

function member(text: string, name: string): unknown {
  try {
    const value: unknown = Object(JSON.parse(text))
    return Object.getOwnPropertyDescriptor(value, name)?.value
  } catch {
    return undefined
  }
}

function hint(code: string, { clientId, redirectUri, route }: Server['client']): string {
  if (code === 'invalid_client' || code === 'unauthorized_client') {
    return route === 'exchange'
      ? ` Check that the exchange knows the app "${clientId}" with this page's origin.`
      : ` Check that the client id is right, and registered as a public client with PKCE.`
  }
  return code === 'invalid_grant' ? ` Sign in again; ${redirectUri} must be registered.` : ''
}
