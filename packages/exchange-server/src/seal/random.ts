import { base64url } from 'jose'

/** 256 random bits, base64url: a `state`, a PKCE verifier (RFC 7636 §4.1), a nonce. */
export function randomToken(): string {
  return base64url.encode(crypto.getRandomValues(new Uint8Array(32)))
}

/** SHA-256, base64url: a PKCE challenge (S256), an `ath` (RFC 9449 §4.2), a name for a value. */
export async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return base64url.encode(new Uint8Array(digest))
}
