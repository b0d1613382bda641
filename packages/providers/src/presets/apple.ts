import type { OAuth2Provider } from '../types.ts'

/**
 * Sign in with Apple, which wants a secret that is signed anew (ES256), answers by a POST, and has no
 * API: who it is stands in the ID token. Register a Services ID, with the exchange's domain and the
 * return URL `<exchange>/apple/callback`, and a key for "Sign in with Apple".
 *
 * Facts checked 2026-11-23: Apple's docs, arctic, better-auth. Whether Apple checks PKCE is not
 * documented, so it is left out; the ID token's nonce guards the code.
 */
export const apple = (): OAuth2Provider => ({
  id: 'apple',
  name: 'Apple',
  protocol: 'oauth2',
  route: 'exchange',
  authorization: {
    url: 'https://appleid.apple.com/auth/authorize',
    formPost: true,
    denied: ['user_cancelled_authorize'],
  },
  token: {
    url: 'https://appleid.apple.com/auth/token',
    signedFor: 'https://appleid.apple.com',
  },
  revocation: { url: 'https://appleid.apple.com/auth/revoke', ends: 'user' },
  openid: {
    issuer: 'https://appleid.apple.com',
    jwksUrl: 'https://appleid.apple.com/auth/keys',
  },
  pkce: false,
  api: { baseUrl: 'https://appleid.apple.com/auth/', cors: false },
  scopes: ['openid', 'email'],
})
