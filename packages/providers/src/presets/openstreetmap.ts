import type { OAuth2Provider } from '../types.ts'

const web = 'https://www.openstreetmap.org/oauth2/'

/**
 * OpenStreetMap, as a public client with PKCE: register `<app>/callback/openstreetmap` without
 * "Confidential application". Tokens do not expire, so there is no refresh.
 *
 * Facts checked 2026-11-23: osm-auth, social-core. Whether a redirect URI may be `http://localhost`
 * is open (openstreetmap-website#3613): register `http://127.0.0.1` while developing.
 */
export const openstreetmap = (): OAuth2Provider => ({
  id: 'openstreetmap',
  name: 'OpenStreetMap',
  protocol: 'oauth2',
  route: 'direct',
  authorization: { url: `${web}authorize` },
  token: { url: `${web}token` },
  revocation: { url: `${web}revoke`, ends: 'token' },
  api: { baseUrl: 'https://api.openstreetmap.org/api/0.6/', cors: true },
  scopes: ['read_prefs'],
  profile: {
    path: 'user/details.json',
    read: ({ user }) => ({ id: user.id, name: user.display_name, picture: user.img?.href }),
  },
})
