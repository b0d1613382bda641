import type { Counterpart } from '../counterpart.ts'
import { openIdRoutes, openIdServer } from './openid.ts'

/** A tenant of Auth0, whose issuer ends in a slash. Facts: Auth0's docs, checked 2026-11-23. */
export const auth0: Counterpart = openIdServer({
  id: 'auth0',
  name: 'Auth0',
  hosts: ['example.eu.auth0.com'],
  look: {
    colour: '#191919',
    button: '#635dff',
    mark: 'M21.98 7.448L19.62 0H4.347L2.02 7.448c-1.352 4.312.03 9.206 3.815 12.015L12.007 24l6.157-4.552c3.755-2.81 5.182-7.688 3.815-12.015l-6.16 4.58 2.343 7.45-6.157-4.597-6.158 4.58 2.358-7.433-6.188-4.55 7.63-.045L12.008 0l2.356 7.404 7.615.044z',
    approve: 'Accept',
    decline: 'Decline',
  },
  routes: openIdRoutes({
    issuer: '/',
    paths: {
      authorize: '/authorize',
      token: '/oauth/token',
      revoke: '/oauth/revoke',
      userInfo: '/userinfo',
      keys: '/.well-known/jwks.json',
      logout: '/oidc/logout',
    },
    subject: ({ number }) => `auth0|5f7c8ec7c33c6c004bbafe${number}`,
    pictures: true,
    rules: {
      codeLifetime: 60,
      tokenLifetime: 86_400,
      refresh: { scope: 'offline_access', endsOldAccess: false },
    },
    namesItself: false,
    takesJson: true,
  }),
})
