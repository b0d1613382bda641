import type { OpenId, Params } from '@spa-dance/providers'
import {
  base64url,
  createLocalJWKSet,
  errors,
  jwtVerify,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyResult,
} from 'jose'
import { OAuthError } from '../errors.ts'
import { now } from '../seal/seal.ts'
import { upstreamBroken } from './ask.ts'
import type { JsonCache } from './json-cache.ts'

/** What an ID token must agree with. */
export interface Expected {
  readonly clientId: string
  /** Sent with the authorization request. Absent at a refresh. */
  readonly nonce?: string | undefined
  /** The access token it came with. */
  readonly accessToken: string
  /** At a refresh: whose tokens these were (OpenID Connect Core 1.0 §12.2). */
  readonly sub?: string | undefined
}

const algorithms = 'RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519'.split(' ')
/** Seconds. */
const keysMaxAge = 600
const keysMinAge = 30
const tolerance = 60

/**
 * Validates an ID token fully (OpenID Connect Core 1.0 §3.1.3.7, §3.1.3.8).
 *
 * @returns its `sub`
 * @throws OAuthError 502 with the failed check as the reason; `access_denied` where it is valid but
 *   says something else than the declaration wants
 */
export async function validateIdToken(
  documents: JsonCache,
  { issuer, jwksUrl, claims = {} }: OpenId,
  idToken: string,
  expected: Expected,
): Promise<string> {
  try {
    const { payload, protectedHeader } = await verify(documents, jwksUrl, idToken, {
      issuer,
      audience: expected.clientId,
    })
    const { sub, aud, azp, iat, nonce, at_hash: atHash } = payload
    const several = Array.isArray(aud) && aud.length > 1
    if (typeof sub !== 'string' || sub === '') throw new TypeError('sub')
    if (expected.sub !== undefined && sub !== expected.sub) throw new TypeError('sub')
    if ((several || azp !== undefined) && azp !== expected.clientId) throw new TypeError('azp')
    if (typeof iat !== 'number' || iat > now() + 10 * tolerance) throw new TypeError('iat')
    if (expected.nonce !== undefined && nonce !== expected.nonce) throw new TypeError('nonce')
    if (
      atHash !== undefined &&
      atHash !== (await leftHalf(protectedHeader.alg, expected.accessToken))
    ) {
      throw new TypeError('at_hash')
    }
    // What a refresh brings need not repeat them (OpenID Connect Core 1.0 §12.2): `sub` binds it.
    if (expected.sub === undefined) checkDeclared(payload, claims)
    return sub
  } catch (error) {
    if (error instanceof OAuthError) throw error
    const why =
      error instanceof errors.JOSEError
        ? error.code
        : error instanceof TypeError
          ? error.message
          : 'unreadable'
    throw upstreamBroken(`the ID token of ${issuer} is not valid: ${why}`)
  }
}

function checkDeclared(payload: JWTPayload, claims: Params): void {
  const wrong = Object.keys(claims).find((name) => payload[name] !== claims[name])
  if (wrong === undefined) return
  throw new OAuthError(400, 'access_denied', `This account may not sign in here: its ${wrong}.`, {
    reason: `the ID token has another ${wrong}, or none`,
  })
}

/** Verifies by the provider's keys; an unknown key is looked up anew once. */
async function verify(
  documents: JsonCache,
  jwksUrl: string,
  idToken: string,
  claims: { issuer: string; audience: string },
): Promise<JWTVerifyResult> {
  const attempt = async (maxAge: number): Promise<JWTVerifyResult> => {
    const keys = createLocalJWKSet((await documents.get(jwksUrl, maxAge)) as JSONWebKeySet)
    return jwtVerify(idToken, keys, {
      ...claims,
      algorithms,
      clockTolerance: tolerance,
      requiredClaims: ['sub', 'iat', 'exp'],
    })
  }
  try {
    return await attempt(keysMaxAge)
  } catch (error) {
    if (!(error instanceof errors.JWKSNoMatchingKey)) throw error
    return attempt(keysMinAge)
  }
}

async function leftHalf(alg: string, accessToken: string): Promise<string> {
  const bits = /\d{3}$/.exec(alg)?.[0] ?? '512'
  const digest = await crypto.subtle.digest(`SHA-${bits}`, new TextEncoder().encode(accessToken))
  return base64url.encode(new Uint8Array(digest, 0, digest.byteLength / 2))
}
