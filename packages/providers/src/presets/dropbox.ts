import type { OAuth2Provider } from '../types.ts'

export interface DropboxOptions {
  /** `false` does without a refresh token: the session ends after about four hours. @default true */
  offline?: boolean
  /** Asks for consent also someone who has agreed before. @default false */
  forceReapprove?: boolean
  /** Hides "Create an account" from someone who is not signed in. @default false */
  disableSignup?: boolean
  /** Lets only accounts of this kind through, where a person has two. */
  requireRole?: 'personal' | 'work'
}

/**
 * Dropbox, as a public client with PKCE: switch on "Allow public clients" on the app's page and
 * register `<app>/callback/dropbox`.
 *
 * Facts checked 2026-11-23: Dropbox's docs (OAuth guide) and its JavaScript SDK.
 */
export const dropbox = (options: DropboxOptions = {}): OAuth2Provider => ({
  id: 'dropbox',
  name: 'Dropbox',
  protocol: 'oauth2',
  route: 'direct',
  authorization: {
    url: 'https://www.dropbox.com/oauth2/authorize',
    params: {
      token_access_type: options.offline === false ? 'online' : 'offline',
      force_reapprove: options.forceReapprove ? 'true' : undefined,
      disable_signup: options.disableSignup ? 'true' : undefined,
      require_role: options.requireRole,
    },
  },
  token: { url: 'https://api.dropboxapi.com/oauth2/token' },
  revocation: {
    url: 'https://api.dropboxapi.com/2/auth/token/revoke',
    ends: 'grant',
    takes: 'access_token',
    bearer: true,
  },
  api: {
    baseUrl: 'https://api.dropboxapi.com/2/',
    alsoAllowed: ['https://content.dropboxapi.com/2/'],
    cors: true,
  },
  scopes: ['account_info.read'],
  account: 'account_id',
  profile: {
    path: 'users/get_current_account',
    method: 'POST',
    read: (me) => ({
      id: me.account_id,
      name: me.name?.display_name,
      email: me.email,
      picture: me.profile_photo_url,
    }),
  },
})
