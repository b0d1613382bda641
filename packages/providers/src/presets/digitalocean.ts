import type { OAuth2Provider } from '../types.ts'

const oauth = 'https://cloud.digitalocean.com/v1/oauth/'

/**
 * DigitalOcean. An app of the control panel has a secret, so the exchange asks for tokens; whether the
 * API answers pages is not known, so it relays too. Register `<exchange>/digitalocean/callback` as the
 * callback URL.
 *
 * Facts checked 2026-11-23: DigitalOcean's docs (OAuth API), social-core.
 */
export const digitalocean = (): OAuth2Provider => ({
  id: 'digitalocean',
  name: 'DigitalOcean',
  protocol: 'oauth2',
  route: 'exchange',
  authorization: { url: `${oauth}authorize` },
  token: { url: `${oauth}token` },
  pkce: false,
  revocation: { url: `${oauth}revoke`, ends: 'token' },
  api: { baseUrl: 'https://api.digitalocean.com/v2/', cors: false },
  scopes: ['read'],
  account: 'uuid',
  profile: {
    path: 'account',
    read: ({ account }) => ({ id: account.uuid, name: account.name, email: account.email }),
  },
  // The reply says whose token it is, one level down.
  hooks: { tokenReply: (reply) => ({ ...reply, uuid: Object(reply['info']).uuid }) },
})
