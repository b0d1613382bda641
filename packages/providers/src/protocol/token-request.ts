import type { ClientAuth, OAuth2Provider } from '../types.ts'

/** What to ask the token endpoint for. */
export type Grant =
  | {
      readonly type: 'authorization_code'
      readonly code: string
      readonly redirectUri: string
      readonly codeVerifier?: string | undefined
      /** What was asked for. Sent only where the declaration asks for it. */
      readonly asked?: readonly string[]
    }
  | {
      readonly type: 'refresh_token'
      readonly refreshToken: string
      /** Where the person was sent back to. Sent only where the declaration asks for it. */
      readonly redirectUri?: string | undefined
      /** What was granted. Sent only where the declaration asks for it. */
      readonly asked?: readonly string[]
      /** To narrow what was granted. */
      readonly scopes?: readonly string[]
    }
  /** Where the declaration has a `token.swap`. */
  | { readonly type: 'swap'; readonly accessToken: string }

/** An app's registration with a provider. The secret is the exchange's alone. */
export interface Registration {
  readonly clientId: string
  readonly clientSecret?: string | undefined
  /** A JWT good for one request, where the declaration says `private_key_jwt`. */
  readonly clientAssertion?: string | undefined
}

/** A request as data: hand it to `fetch(url, { method, headers, body })`. */
export interface OutgoingRequest {
  readonly url: string
  readonly method: 'POST' | 'DELETE'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/**
 * The token request of RFC 6749 §4.1.3 or §6, or a swap, in the provider's encoding and with its way of
 * client authentication.
 */
export function tokenRequest(
  provider: OAuth2Provider,
  registration: Registration,
  grant: Grant,
): OutgoingRequest & { readonly body: string } {
  const params = new URLSearchParams()
  const declared = {
    ...provider.token.params,
    ...(grant.type === 'refresh_token' && provider.token.refreshParams),
  }
  for (const [name, value] of Object.entries(declared)) {
    if (value !== undefined) params.set(name, value)
  }
  provider.hooks?.tokenRequest?.(params)

  params.set('grant_type', grant.type)
  if (grant.type === 'swap') {
    const { swap = '' } = provider.token
    params.set('grant_type', swap)
    params.set(swap, grant.accessToken)
  } else if (grant.type === 'authorization_code') {
    params.set('code', grant.code)
    params.set('redirect_uri', grant.redirectUri)
    if (grant.codeVerifier !== undefined) params.set('code_verifier', grant.codeVerifier)
  } else {
    params.set('refresh_token', grant.refreshToken)
    if (provider.token.refreshRedirectUri && grant.redirectUri !== undefined) {
      params.set('redirect_uri', grant.redirectUri)
    }
  }
  const narrowed = grant.type === 'refresh_token' ? grant.scopes : undefined
  const asked = grant.type === 'swap' ? undefined : grant.asked
  const scopes = narrowed ?? (provider.token.repeatsScopes && asked) ?? []
  if (scopes.length > 0) {
    params.set('scope', scopes.join(provider.scopeSeparator?.request ?? ' '))
  }
  return outgoing(registration, params, {
    url: provider.token.url,
    method: 'POST',
    clientAuth: provider.token.clientAuth ?? 'body',
    encoding: provider.token.encoding ?? 'form',
  })
}

/** Adds the client's authentication to the parameters, and encodes them. */
export function outgoing(
  { clientId, clientSecret, clientAssertion }: Registration,
  params: URLSearchParams,
  how: {
    url: string
    method: 'POST' | 'DELETE'
    clientAuth: ClientAuth
    encoding: 'form' | 'json'
  },
): OutgoingRequest & { readonly body: string } {
  const headers: Record<string, string> = {
    Accept: 'application/json',
    'Content-Type':
      how.encoding === 'json' ? 'application/json' : 'application/x-www-form-urlencoded',
  }
  const password = how.clientAuth === 'basic-id' ? '' : clientSecret
  if (how.clientAuth.startsWith('basic') && password !== undefined) {
    headers['Authorization'] = `Basic ${btoa(`${formEncode(clientId)}:${formEncode(password)}`)}`
  } else {
    params.set('client_id', clientId)
    if (how.clientAuth === 'body' && clientSecret !== undefined) {
      params.set('client_secret', clientSecret)
    }
    if (how.clientAuth === 'private_key_jwt' && clientAssertion !== undefined) {
      // RFC 7523 §2.2.
      params.set('client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
      params.set('client_assertion', clientAssertion)
    }
  }
  const body =
    how.encoding === 'json' ? JSON.stringify(Object.fromEntries(params)) : params.toString()
  return { url: how.url, method: how.method, headers, body }
}

/** RFC 6749 §2.3.1: id and secret are form-encoded before they are joined. */
function formEncode(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1)
}
