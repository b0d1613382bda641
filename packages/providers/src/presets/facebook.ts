import type { OAuth2Provider } from '../types.ts'

export interface FacebookOptions {
  /** Asks again for permissions that the person has declined before. @default false */
  rerequest?: boolean
  /**
   * Swaps the token of an hour or two for one of about 60 days, which the exchange then seals: it is
   * the exchange's to do, so say it there. @default false
   */
  longLived?: boolean
  /**
   * The page does the whole dance, without the secret: Facebook's OpenID Connect flow, which it says
   * is in testing. Register `<app>/callback/facebook`. @default false
   */
  direct?: boolean
  /** Of the Graph API: old ones stop after about two years. @default 'v25.0' */
  version?: `v${number}.${number}`
}

/**
 * Facebook Login. Its token endpoint wants the secret, so the exchange calls it. Register
 * `<exchange>/facebook/callback` as a valid OAuth redirect URI. There is no refresh token: when
 * the access token ends, after an hour or two unless it is `longLived`, the person signs in again.
 *
 * Facts checked 2026-11-23: Meta's developer docs, social-core, better-auth. That PKCE is taken
 * along with the secret, and that a spent code's error has code 100, is likely, not documented.
 */
export const facebook = ({
  rerequest,
  longLived,
  direct,
  version = 'v25.0',
}: FacebookOptions = {}): OAuth2Provider => {
  const graph = `https://graph.facebook.com/${version}/`
  return {
    id: 'facebook',
    name: 'Facebook',
    protocol: 'oauth2',
    route: direct ? 'direct' : 'exchange',
    authorization: {
      url: `https://www.facebook.com/${version}/dialog/oauth`,
      params: { auth_type: rerequest ? 'rerequest' : undefined },
      accepts: ['auth_type'],
    },
    token: { url: `${graph}oauth/access_token`, ...(longLived && { swap: 'fb_exchange_token' }) },
    // Ends the app's whole connection with the person, not one token.
    revocation: {
      url: `${graph}me/permissions`,
      ends: 'user',
      method: 'DELETE',
      takes: 'access_token',
      bearer: true,
    },
    api: { baseUrl: graph, cors: true },
    openid: {
      issuer: 'https://www.facebook.com',
      jwksUrl: 'https://limited.facebook.com/.well-known/oauth/openid/jwks/',
    },
    scopes: [...(direct ? ['openid'] : []), 'public_profile', 'email'],
    scopeSeparator: { request: ',' },
    profile: {
      path: 'me?fields=id,name,email,picture',
      read: ({ id, name, email, picture }) => ({ id, name, email, picture: picture?.data?.url }),
    },
    hooks: {
      tokenReply: (reply) =>
        Object(reply['error']).code === 100 ? { error: 'invalid_grant' } : reply,
    },
  }
}
