import type { Params } from '@spa-dance/providers'
import { base64Url, digest, fromBase64Url } from '../crypto/text.ts'
import { DanceError } from '../errors.ts'
import { load } from '../lazy.ts'
import type { Server } from '../server/resolve.ts'

/** The claims that were checked, and those that make a profile. */
export interface IdClaims {
  readonly iss: string
  readonly sub: string
  readonly [claim: string]: unknown
}

/** What the claims have to be. */
export interface IdExpectation {
  readonly client: string
  readonly issuer: string
  readonly nonce: string | undefined
  /** What the declaration wants beside the protocol. */
  readonly claims?: Params | undefined
  /**
   * The audience and the access token that came with it. Left out on the exchange route: there the
   * exchange has checked the whole token, and `aud` is its registration.
   */
  readonly direct?:
    | {
        readonly clientId: string
        readonly accessToken: string
        /** Where the keys are, if the signature is to be checked too. */
        readonly jwksUrl?: string | undefined
      }
    | undefined
}

const skew = 60
const digests = { '256': 'SHA-256', '384': 'SHA-384', '512': 'SHA-512' } as const

/**
 * Checks the claims of an ID token (OpenID Connect Core 1.0 §3.1.3.7, §3.1.3.8). Its signature need
 * not be: it came from the token endpoint itself (§3.1.3.7, 6).
 *
 * @throws DanceError `id-token-invalid` that names the claim
 */
export async function checkIdToken(token: string, expected: IdExpectation): Promise<IdClaims> {
  const refuse = (reason: string): never => {
    throw new DanceError('id-token-invalid', `The ID token is refused: ${reason}. Sign in again.`, {
      client: expected.client,
    })
  }
  const [header, claims] = decode(token) ?? refuse('it is no JWT')
  const { alg } = header
  const { iss, sub, exp, iat, nonce } = claims
  const now = Date.now() / 1000
  if (typeof alg !== 'string' || alg.toLowerCase() === 'none') refuse('it is not signed')
  if (iss !== expected.issuer) refuse('its iss is another')
  if (typeof sub !== 'string' || sub === '') refuse('it has no sub')
  if (!isNumber(exp) || exp < now - skew) refuse('its exp is past')
  if (expected.nonce !== undefined && nonce !== expected.nonce) refuse('its nonce is another')
  if (expected.direct) {
    if (!isNumber(iat) || iat > now + 600) refuse('its iat is in the future')
    checkAudience(claims, expected.direct.clientId, refuse)
    await checkHash(claims, String(alg), expected.direct.accessToken, refuse)
    const { jwksUrl } = expected.direct
    if (jwksUrl !== undefined) {
      const { checkSignature } = await load(() => import('./signature.ts'))
      await checkSignature(token, jwksUrl, expected.client)
    }
  }
  for (const [name, value] of Object.entries(expected.claims ?? {})) {
    if (claims[name] !== value) refuse(`its ${name} is another, or none`)
  }
  return { ...claims, iss: String(iss), sub: String(sub) }
}

/** What is checked of an ID token that came from the provider itself. */
export const directOf = (
  { client, speaks }: Server,
  accessToken: string,
): IdExpectation['direct'] =>
  client.route === 'direct'
    ? {
        clientId: client.clientId,
        accessToken,
        jwksUrl: client.verifySignature ? speaks.openid?.jwksUrl : undefined,
      }
    : undefined

type Claims = Readonly<Record<string, unknown>>

function checkAudience(
  { aud, azp }: Claims,
  clientId: string,
  refuse: (reason: string) => never,
): void {
  const audience: unknown[] = Array.isArray(aud) ? aud : [aud]
  if (!audience.includes(clientId)) refuse('its aud is another client')
  if (audience.length > 1 && azp === undefined) refuse('it has several aud and no azp')
  if (azp !== undefined && azp !== clientId) refuse('its azp is another client')
}

async function checkHash(
  { at_hash: hash }: Claims,
  alg: string,
  accessToken: string,
  refuse: (reason: string) => never,
): Promise<void> {
  if (hash === undefined) return
  const bits = alg === 'EdDSA' || alg === 'Ed25519' ? '512' : alg.slice(-3)
  const algorithm = Object.entries(digests).find(([size]) => size === bits)?.[1]
  if (!algorithm) return refuse('its at_hash is of an unknown algorithm')
  const whole = await digest(accessToken, algorithm)
  if (base64Url(whole.slice(0, whole.length / 2)) !== hash)
    refuse('its at_hash is of another token')
}

const isNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value)

function decode(token: string): readonly [Claims, Claims] | undefined {
  const parts = token.split('.')
  if (parts.length !== 3) return undefined
  try {
    const [header, claims] = parts
      .slice(0, 2)
      .map((part): unknown => JSON.parse(new TextDecoder().decode(fromBase64Url(part))))
    return [{ ...Object(header) }, { ...Object(claims) }]
  } catch {
    return undefined
  }
}
