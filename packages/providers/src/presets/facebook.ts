import type { OAuth2Provider } from '../types.ts'

export interface FacebookOptions {
  /** Asks again for permissions that the person has declined before. @default false */
  rerequest?: boolean
  /** Of the Graph API: old ones stop after about two years. @default 'v25.0' */
  version?: `v${number}.${number}`
}

/**
 * Facebook Login. Its token endpoint wants the secret, so the exchange calls it. Register
 * `<exchange>/facebook/callback` as a valid OAuth redirect URI. There is no refresh token: when
 * the access token ends, after an hour or two, the person signs in again.
 *
 * Facts checked 2026-11-23: Meta's developer docs, social-core, better-auth. That PKCE is taken
 * along with the secret, and that a spent code's error has code 100, is likely, not documented.
 */
export const facebook = ({
  rerequest,
  version = 'v25.0',
}: FacebookOptions = {}): OAuth2Provider => {
  const graph = `https://graph.facebook.com/${version}/`
  return {
    id: 'facebook',
    name: 'Facebook',
    protocol: 'oauth2',
    route: 'exchange',
    authorization: {
      url: `https://www.facebook.com/${version}/dialog/oauth`,
      params: { auth_type: rerequest ? 'rerequest' : undefined },
      accepts: ['auth_type'],
    },
    token: { url: `${graph}oauth/access_token` },
    // Ends the app's whole connection with the person, not one token.
    revocation: {
      url: `${graph}me/permissions`,
      ends: 'user',
      method: 'DELETE',
      takes: 'access_token',
      bearer: true,
    },
    api: { baseUrl: graph, cors: true },
    scopes: ['public_profile', 'email'],
    scopeSeparator: { request: ',', reply: ',' },
    profile: {
      path: 'me?fields=id,name,email,picture',
      read: (me) => ({ id: me.id, name: me.name, email: me.email, picture: me.picture?.data?.url }),
    },
    hooks: {
      tokenReply: (reply) => {
        const { code, message } = Object(reply['error'])
        if (code === undefined) return reply
        return {
          error: code === 100 ? 'invalid_grant' : 'server_error',
          error_description: message,
        }
      },
    },
  }
}
