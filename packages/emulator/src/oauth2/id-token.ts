import type { Call, Handler } from '../counterpart.ts'
import { json } from '../serve/reply.ts'
import { toBase64Url, type Grant } from '../state.ts'
import type { OAuth2Rules } from './rules.ts'

/** What an ID token comes along with. */
export interface Beside {
  readonly accessToken: string
  /** Of the authorization request. A refresh has none. */
  readonly nonce: string | undefined
}

/**
 * A signed ID token (OpenID Connect Core 1.0 §2), where `openid` was granted and the provider has
 * such a thing.
 */
export async function issueIdToken(
  call: Call,
  { openid }: OAuth2Rules,
  grant: Grant,
  { accessToken, nonce }: Beside,
): Promise<string | undefined> {
  if (!openid || !grant.scopes.includes('openid')) return undefined
  const { sign } = await call.signingKey()
  const iat = Math.floor(call.now / 1000)
  return sign({
    iss: openid.issuer(call),
    aud: grant.clientId,
    iat,
    exp: iat + openid.lifetime,
    at_hash: await leftHalf(accessToken),
    ...(nonce !== undefined && { nonce }),
    ...openid.claims(grant, call),
  })
}

/** The keys that ID tokens are signed by (RFC 7517 §5). */
export const jwks: Handler = async (call) => json({ keys: [(await call.signingKey()).publicJwk] })

/** OpenID Connect Core 1.0 §3.1.3.6: of the hash of the signature's own algorithm. */
async function leftHalf(accessToken: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(accessToken))
  return toBase64Url(new Uint8Array(hash, 0, hash.byteLength / 2))
}
