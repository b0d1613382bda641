import type { LoginParams } from '@spa-dance/providers/protocol'
import type { ClientConfig } from '../config/types.ts'
import { OAuthError, invalidRequest } from '../errors.ts'
import type { ParamMap } from '../guards/params.ts'
import type { Flow } from '../seal/kinds.ts'

/** What a page may ask of `/authorize`. */
export interface AuthorizationRequest {
  readonly flow: Pick<Flow, 'state' | 'challenge' | 'scopes' | 'dpopJkt'>
  readonly nonce: string | undefined
  readonly login: LoginParams
}

/** Bytes; all of these are ASCII. */
const limits: Readonly<Record<string, number>> = {
  state: 512,
  scope: 1024,
  nonce: 256,
  login_hint: 256,
  prompt: 128,
}
const acceptedLimit = 1024
const sha256Form = /^[A-Za-z0-9_-]{43}$/

/** @throws OAuthError that goes to the page by redirect */
export function readAuthorizationRequest(
  client: ClientConfig,
  params: ParamMap,
): AuthorizationRequest {
  for (const [name, limit] of Object.entries(limits)) {
    const value = params.get(name) ?? ''
    const ascii = name === 'login_hint' || /^[\x20-\x7e]*$/.test(value)
    if (new TextEncoder().encode(value).byteLength > limit || !ascii) {
      throw invalidRequest(`${name} may hold ${limit} bytes of printable ASCII at most.`)
    }
  }
  if (params.get('response_type') !== 'code') {
    throw new OAuthError(400, 'unsupported_response_type', 'response_type has to be code.')
  }
  const responseMode = params.get('response_mode') ?? 'query'
  if (responseMode !== 'query') throw invalidRequest('response_mode can only be query.')
  const challenge = params.get('code_challenge') ?? ''
  if (params.get('code_challenge_method') !== 'S256' || !sha256Form.test(challenge)) {
    throw invalidRequest('code_challenge with code_challenge_method=S256 is required (RFC 7636).')
  }
  const dpopJkt = params.get('dpop_jkt')
  if (dpopJkt !== undefined && !sha256Form.test(dpopJkt)) {
    throw invalidRequest('dpop_jkt is no SHA-256 thumbprint (RFC 9449 §10).')
  }
  return {
    flow: { state: params.get('state'), challenge, dpopJkt, scopes: readScopes(client, params) },
    nonce: params.get('nonce'),
    login: {
      prompt: params.get('prompt'),
      loginHint: params.get('login_hint'),
      params: readAccepted(client, params),
    },
  }
}

function readScopes(client: ClientConfig, params: ParamMap): readonly string[] {
  const asked =
    params
      .get('scope')
      ?.split(' ')
      .filter((scope) => scope !== '') ?? []
  if (asked.length === 0) return client.scopes
  const beyond = asked.filter((scope) => !client.allowedScopes.has(scope))
  if (beyond.length === 0) return asked
  throw new OAuthError(
    400,
    'invalid_scope',
    "A scope is beyond this client's allowedScopes on the exchange.",
    { reason: `scopes beyond allowedScopes: ${beyond.join(' ').slice(0, 200)}` },
  )
}

function readAccepted(
  { provider }: ClientConfig,
  params: ParamMap,
): Record<string, string | undefined> {
  const accepted = provider.authorization?.accepts ?? []
  return Object.fromEntries(
    accepted.map((name) => {
      const value = params.get(name)
      if ((value?.length ?? 0) > acceptedLimit) {
        throw invalidRequest(`${name} may hold ${acceptedLimit} characters at most.`)
      }
      return [name, value]
    }),
  )
}
