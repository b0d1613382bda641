import type { OAuthError } from '../errors.ts'
import { seeOther, type Reply } from '../reply.ts'

/** Sends an error to the app (RFC 6749 §4.1.2.1), always with `iss` (RFC 9207 §2.1). */
export function redirectError(
  redirectUri: string,
  issuer: string,
  state: string | undefined,
  error: OAuthError,
  cookies: readonly string[] = [],
): Reply {
  const { code, message, reason, upstream } = error
  const members = { error: code, error_description: message, state, iss: issuer }
  return {
    ...seeOther(withParams(redirectUri, members), cookies),
    failure: { error: code, reason, upstream },
  }
}

/** Adds parameters to a redirect URI, whose own query stays as it is. */
export function withParams(
  redirectUri: string,
  params: Readonly<Record<string, string | undefined>>,
): string {
  const added = new URLSearchParams(
    Object.entries(params).filter((pair): pair is [string, string] => pair[1] !== undefined),
  )
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${added.toString()}`
}
