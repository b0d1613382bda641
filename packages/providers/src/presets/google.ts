import type { OAuth2Provider } from '../types.ts'

export interface GoogleOptions {
  /** Asks for a refresh token. Google gives one with a person's first consent only. @default false */
  offline?: boolean
  /** Asks for consent anew with each login, and so for another refresh token. @default false */
  repromptConsent?: boolean
  /** Lets the person choose an account with each login. @default false */
  repromptSelectAccount?: boolean
  /** Adds to what the person has granted before, instead of replacing it. @default false */
  includeGrantedScopes?: boolean
  /**
   * The one Workspace or Cloud domain whose accounts may sign in. Google is asked for it, and the ID
   * token's `hd` is checked. Say it on the exchange: there the check guards something.
   */
  hostedDomain?: string
}

/**
 * Google. Its token endpoint wants the secret of a Web client even with PKCE, so the exchange calls
 * it. Register `<exchange>/google/callback` as an authorised redirect URI.
 *
 * Facts checked 2026-11-23: Google's OpenID Connect and OAuth 2.0 docs. That any page may call the
 * whole API is documented for its JavaScript client only.
 */
export const google = (options: GoogleOptions = {}): OAuth2Provider => {
  const hd = options.hostedDomain?.toLowerCase()
  const prompts = [
    options.repromptConsent && 'consent',
    options.repromptSelectAccount && 'select_account',
  ].filter(Boolean)
  return {
    id: 'google',
    name: 'Google',
    protocol: 'oauth2',
    route: 'exchange',
    authorization: {
      url: 'https://accounts.google.com/o/oauth2/v2/auth',
      params: {
        access_type: options.offline ? 'offline' : undefined,
        prompt: prompts.join(' ') || undefined,
        include_granted_scopes: options.includeGrantedScopes ? 'true' : undefined,
        hd,
      },
    },
    token: { url: 'https://oauth2.googleapis.com/token' },
    revocation: { url: 'https://oauth2.googleapis.com/revoke', ends: 'user', clientAuth: 'none' },
    openid: {
      issuer: 'https://accounts.google.com',
      jwksUrl: 'https://www.googleapis.com/oauth2/v3/certs',
      ...(hd !== undefined && { claims: { hd } }),
    },
    api: { baseUrl: 'https://www.googleapis.com/', cors: true },
    scopes: ['openid', 'email', 'profile'],
    profile: {
      path: 'oauth2/v3/userinfo',
      read: ({ sub, name, email, picture }) => ({ id: sub, name, email, picture }),
    },
  }
}
