import { base64url } from 'jose'

/** 256 random bits, base64url: a `state`, a PKCE verifier (RFC 7636 §4.1), a nonce. */
export function randomToken(): string {
  return base64url.encode(crypto.getRandomValues(new Uint8Array(32)))
}
