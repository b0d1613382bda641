import type { OAuth2Provider } from '@spa-dance/providers'
import type { Registration } from '@spa-dance/providers/protocol'
import { SignJWT, importPKCS8, type CryptoKey } from 'jose'
import type { OAuth2ClientConfig } from '../config/types.ts'
import { randomToken } from '../seal/random.ts'

/** Why a PEM can't be used to sign, if it can't. Says nothing of the key itself. */
export function signingKeyProblem(pem: string): string | undefined {
  return /^-----BEGIN PRIVATE KEY-----[\w+/=\s]+-----END PRIVATE KEY-----$/.test(plain(pem))
    ? undefined
    : 'is no PEM of a private key: give the text from "-----BEGIN PRIVATE KEY-----" on, unencrypted'
}

/** A key, and what it signs by. */
export interface SigningKey {
  readonly alg: 'ES256' | 'RS256'
  readonly key: CryptoKey
}

/**
 * Imports a key of P-256, or of RSA, as PEM.
 *
 * @throws where it is another
 */
export async function importSigningKey(pem: string): Promise<SigningKey> {
  const text = plain(pem)
  try {
    return { alg: 'ES256', key: await importPKCS8(text, 'ES256') }
  } catch {
    return { alg: 'RS256', key: await importPKCS8(text, 'RS256') }
  }
}

/**
 * The registration with what proves it in this one request: where the exchange signs in place of a
 * shared secret, a JWT of five minutes. An assertion is for the provider's issuer and nobody else
 * (RFC 7523 §3), so that no other provider can use it.
 */
export async function registrationOf(
  { registration, signing }: Pick<OAuth2ClientConfig, 'registration' | 'signing'>,
  { token, openid, authorization }: Pick<OAuth2Provider, 'token' | 'openid' | 'authorization'>,
): Promise<Registration> {
  if (!signing) return registration
  const { clientId } = registration
  const { alg, key } = await importSigningKey(signing.key)
  const { keyId: kid } = signing
  const jwt = new SignJWT()
    .setProtectedHeader({ alg, ...(kid !== undefined && { kid }) })
    .setSubject(clientId)
    .setIssuedAt()
    .setExpirationTime('5m')
  if (signing.as === 'secret') {
    jwt.setIssuer(signing.teamId).setAudience(signing.audience)
    return { clientId, clientSecret: await jwt.sign(key) }
  }
  // One of them is there: checkProvider() looks.
  const audience = token.signedFor ?? openid?.issuer ?? authorization.iss ?? ''
  jwt.setIssuer(clientId).setAudience(audience).setJti(randomToken())
  return { clientId, clientAssertion: await jwt.sign(key) }
}

/** Environment files often hold the line breaks as `\n`. */
const plain = (pem: string): string => pem.replaceAll('\\n', '\n').trim()
