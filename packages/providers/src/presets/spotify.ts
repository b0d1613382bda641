import type { OAuth2Provider } from '../types.ts'

export interface SpotifyOptions {
  /** Shows the consent page also to someone who has agreed before. @default false */
  showDialog?: boolean
}

/**
 * Spotify, as a public client with PKCE: register `<app>/callback/spotify`. Spotify refuses
 * `localhost`: open the app on `http://127.0.0.1:<port>` while developing, and register that.
 *
 * Facts checked 2026-11-23: Spotify's developer docs (PKCE flow, redirect URIs) and web-api-examples.
 */
export const spotify = ({ showDialog }: SpotifyOptions = {}): OAuth2Provider => ({
  id: 'spotify',
  name: 'Spotify',
  protocol: 'oauth2',
  route: 'direct',
  authorization: {
    url: 'https://accounts.spotify.com/authorize',
    params: { show_dialog: showDialog ? 'true' : undefined },
  },
  token: { url: 'https://accounts.spotify.com/api/token' },
  api: { baseUrl: 'https://api.spotify.com/v1/', cors: true },
  scopes: ['user-read-email'],
  profile: {
    path: 'me',
    read: (me) => ({
      // Spotify's stable key since May 2026.
      id: me.account_id ?? me.id,
      name: me.display_name,
      email: me.email,
      picture: me.images?.[0]?.url,
    }),
  },
})
