import type { OAuth2Provider } from '../types.ts'

export interface NylasOptions {
  /** Where the application's data lives. @default 'us' */
  region?: 'us' | 'eu'
  /** Goes straight to one mail provider, such as `google`. @default Nylas asks for the address */
  provider?: string
  /** `false` asks for no refresh token: the session then ends after an hour. @default true */
  offline?: boolean
  /** Lets the page dance by itself. Only the API key refreshes, so `offline` is off. @default false */
  direct?: boolean
}

/**
 * Nylas v3. Its PKCE challenge is its own, so `direct` needs this preset; otherwise the exchange
 * has the API key as its client secret. Register `<exchange>/nylas/callback` as a callback URI of
 * the platform "Web", or for `direct` `<app>/callback/nylas` of the platform "JavaScript".
 *
 * Facts checked 2026-11-23: Nylas's docs, `@nylas/connect` 1.2.5. That a page may call the API is
 * likely, not documented.
 */
export const nylas = (options: NylasOptions = {}): OAuth2Provider => {
  const { region = 'us', provider, direct = false, offline = !direct } = options
  const base = `https://api.${region}.nylas.com/v3/`
  return {
    id: 'nylas',
    name: 'Nylas',
    protocol: 'oauth2',
    route: direct ? 'direct' : 'exchange',
    authorization: {
      url: `${base}connect/auth`,
      params: { provider, access_type: offline ? 'offline' : 'online' },
      accepts: ['provider'],
    },
    token: { url: `${base}connect/token` },
    revocation: {
      url: `${base}connect/revoke?token={token}`,
      ends: 'token',
      takes: 'access_token',
      bearer: true,
    },
    account: 'grant_id',
    api: { baseUrl: base, cors: true },
    profile: {
      path: 'grants/me',
      read: ({ data }) => ({ id: data?.id, name: data?.name, email: data?.email }),
    },
    hooks: {
      // Of the hash's hexadecimal text, where RFC 7636 §4.2 has the hash itself.
      challenge: (s256) =>
        btoa(
          atob(s256.replace(/-/g, '+').replace(/_/g, '/')).replace(/[^]/g, (byte) =>
            byte.charCodeAt(0).toString(16).padStart(2, '0'),
          ),
        ).replace(/=/g, ''),
    },
  }
}
