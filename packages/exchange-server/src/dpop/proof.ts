import { decodeJwt, decodeProtectedHeader, type JWTPayload } from 'jose'
import { isCanonical } from '../crypto/base64url.ts'
import type { ExchangeCrypto, P256Key } from '../crypto/types.ts'
import { OAuthError } from '../errors.ts'
import type { Limits } from '../guards/limits.ts'
import type { ExchangeStore } from '../types.ts'
import type { Nonces } from './nonce.ts'

/** What a proof is checked against. */
export interface ProofCheck {
  readonly method: string
  /** `baseUrl` plus the raw path: never the URL that the server thinks it was called by. */
  readonly url: string
  /** The hash of the access token that goes with it. */
  readonly ath?: string
  /** `when-late`: one is asked for only from a client whose clock differs. */
  readonly nonce: 'always' | 'when-late'
  /** 400 at the token endpoint, 401 at a resource (RFC 9449 §5, §7.1). */
  readonly status: 400 | 401
}

interface Parts {
  readonly crypto: ExchangeCrypto
  readonly nonces: Nonces
  readonly store: ExchangeStore
  readonly limits: Pick<Limits, 'byKey'>
}

/** How long a proof without a nonce may have been on its way, in seconds. */
const tolerance = 60
/** How long a `jti` is remembered: as long as a nonce or that tolerance lets a proof live. */
const memory = 360

/**
 * Checks a DPoP proof (RFC 9449 §4.3), ES256 only.
 *
 * @returns the thumbprint of its key (RFC 7638)
 * @throws OAuthError `invalid_dpop_proof`, `use_dpop_nonce` with a `DPoP-Nonce` header, or 429
 */
export async function checkProof(
  { crypto, nonces, store, limits }: Parts,
  proof: string,
  check: ProofCheck,
): Promise<string> {
  const { payload, key } = await verify(crypto, proof, check)
  if (payload['htm'] !== check.method) throw invalid(check, 'its htm is another method')
  if (!sameTarget(payload['htu'], check.url)) {
    throw invalid(check, `its htu is not ${check.url}`)
  }
  if (check.ath !== undefined && payload['ath'] !== check.ath) {
    throw invalid(check, 'its ath is not the hash of the token')
  }
  const { jti, nonce, iat } = payload
  if (typeof jti !== 'string' || jti === '' || jti.length > 128) {
    throw invalid(check, 'its jti is missing or longer than 128 characters')
  }
  if (typeof iat !== 'number') throw invalid(check, 'its iat is missing')
  // With a nonce of ours the page's clock does not matter (RFC 9449 §8).
  const fresh =
    typeof nonce === 'string'
      ? await nonces.accepts(nonce)
      : check.nonce === 'when-late' && Math.abs(Date.now() / 1000 - iat) <= tolerance
  if (!fresh) throw await nonceWanted(nonces, check)

  const jkt = await crypto.sha256(`{"crv":"P-256","kty":"EC","x":"${key.x}","y":"${key.y}"}`)
  // Whatever its length, 132 bits of a hash are enough to know it again.
  const use = (await crypto.sha256(`${jkt}:${jti}`)).slice(0, 22)
  if (!(await store.first(use, memory))) {
    throw invalid(check, 'it was used before')
  }
  await limits.byKey(jkt)
  return jkt
}

async function verify(
  crypto: ExchangeCrypto,
  proof: string,
  check: ProofCheck,
): Promise<{ payload: JWTPayload; key: P256Key }> {
  if (proof.length > 4096) throw invalid(check, 'it is longer than 4096 characters')
  const read = readProof(proof)
  const end = proof.lastIndexOf('.')
  if (!read || !(await crypto.verifyEs256(read.key, proof.slice(0, end), proof.slice(end + 1)))) {
    throw invalid(check, 'it is no ES256 JWT of type dpop+jwt that its own jwk verifies')
  }
  return read
}

/** What a proof says, and the key that has to have signed it (RFC 9449 §4.2). */
function readProof(proof: string): { payload: JWTPayload; key: P256Key } | undefined {
  try {
    const { alg, typ, crit, jwk } = decodeProtectedHeader(proof)
    const payload = decodeJwt(proof)
    const key = readKey(jwk)
    const { nbf = 0, exp = Number.POSITIVE_INFINITY } = payload
    if (!(nbf <= Date.now() / 1000 && Date.now() / 1000 < exp)) return undefined
    // No extension is known that could be critical (RFC 7515 §4.1.11).
    if (alg !== 'ES256' || typ !== 'dpop+jwt' || crit !== undefined || !key) return undefined
    return { payload, key }
  } catch {
    return undefined
  }
}

/** A public key on P-256, and nothing private with it. */
function readKey(jwk: unknown): P256Key | undefined {
  const { kty, crv, x, y, d }: Readonly<Record<string, unknown>> = { ...(jwk as object) }
  if (kty !== 'EC' || crv !== 'P-256' || d !== undefined) return undefined
  return isCoordinate(x) && isCoordinate(y) ? { x, y } : undefined
}

/** 32 bytes (RFC 7518 §6.2.1.2). */
const isCoordinate = (value: unknown): value is string =>
  typeof value === 'string' && value.length === 43 && isCanonical(value)

/** RFC 9449 §4.3 (9): without query and fragment, after normalisation. */
function sameTarget(htu: unknown, expected: string): boolean {
  if (typeof htu !== 'string') return false
  if (htu === expected) return true
  if (!URL.canParse(htu)) return false
  const [a, b] = [new URL(htu), new URL(expected)]
  return a.origin === b.origin && a.pathname === b.pathname
}

async function nonceWanted(nonces: Nonces, check: ProofCheck): Promise<OAuthError> {
  const headers = { 'DPoP-Nonce': await nonces.current() }
  return new OAuthError(
    check.status,
    'use_dpop_nonce',
    'Repeat the request with a proof that holds the nonce of the DPoP-Nonce header.',
    { headers },
  )
}

const invalid = (check: ProofCheck, why: string): OAuthError =>
  new OAuthError(check.status, 'invalid_dpop_proof', `The DPoP proof can't be taken: ${why}.`)
