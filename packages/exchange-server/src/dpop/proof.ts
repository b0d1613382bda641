import { EmbeddedJWK, calculateJwkThumbprint, jwtVerify, type JWK } from 'jose'
import { OAuthError } from '../errors.ts'
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
  readonly nonces: Nonces
  readonly store: ExchangeStore
}

/** How long a proof without a nonce may have been on its way, in seconds. */
const tolerance = 60
/** How long a `jti` is remembered: as long as a nonce or that tolerance lets a proof live. */
const memory = 360

/**
 * Checks a DPoP proof (RFC 9449 §4.3), ES256 only.
 *
 * @returns the thumbprint of its key (RFC 7638)
 * @throws OAuthError `invalid_dpop_proof`, or `use_dpop_nonce` with a `DPoP-Nonce` header
 */
export async function checkProof(
  { nonces, store }: Parts,
  proof: string,
  check: ProofCheck,
): Promise<string> {
  const { payload, jwk } = await verify(proof, check)
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

  const jkt = await calculateJwkThumbprint(jwk, 'sha256')
  if (!(await store.first(`jti:${jkt}:${jti}`, memory))) {
    throw invalid(check, 'it was used before')
  }
  return jkt
}

async function verify(
  proof: string,
  check: ProofCheck,
): Promise<{ payload: Readonly<Record<string, unknown>>; jwk: JWK }> {
  if (proof.length > 4096) throw invalid(check, 'it is longer than 4096 characters')
  try {
    const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, {
      algorithms: ['ES256'],
      typ: 'dpop+jwt',
    })
    if (!protectedHeader.jwk) throw new TypeError('no jwk')
    return { payload, jwk: protectedHeader.jwk }
  } catch {
    throw invalid(check, 'it is no ES256 JWT of type dpop+jwt that its own jwk verifies')
  }
}

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
