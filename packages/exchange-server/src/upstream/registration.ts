import type { Registration } from '@spa-dance/providers/protocol'
import { SignJWT, importPKCS8 } from 'jose'
import type { OAuth2ClientConfig } from '../config/types.ts'

/** Why a PEM can't be used to sign secrets, if it can't. Says nothing of the key itself. */
export function signingKeyProblem(pem: string): string | undefined {
  return /^-----BEGIN PRIVATE KEY-----[\w+/=\s]+-----END PRIVATE KEY-----$/.test(plain(pem))
    ? undefined
    : 'is no PEM of a private key: give the text from "-----BEGIN PRIVATE KEY-----" on, unencrypted'
}

/**
 * The registration with a secret that is good for this one request: where the provider wants a
 * signed one, a JWT of five minutes.
 */
export async function registrationOf({
  registration,
  signing,
}: Pick<OAuth2ClientConfig, 'registration' | 'signing'>): Promise<Registration> {
  if (!signing) return registration
  const { key, keyId, teamId, audience } = signing
  const clientSecret = await new SignJWT()
    .setProtectedHeader({ alg: 'ES256', kid: keyId })
    .setIssuer(teamId)
    .setSubject(registration.clientId)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(await importPKCS8(plain(key), 'ES256'))
  return { ...registration, clientSecret }
}

/** Environment files often hold the line breaks as `\n`. */
const plain = (pem: string): string => pem.replaceAll('\\n', '\n').trim()
