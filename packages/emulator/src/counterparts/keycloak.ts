import type { Counterpart, Route } from '../counterpart.ts'
import { openIdRoutes, openIdServer } from './openid.ts'

/** All realms of a server, whatever their names. */
const realms = (base: string): readonly Route[] => {
  const issuer = `${base}/realms/:realm`
  const below = `${issuer}/protocol/openid-connect`
  return openIdRoutes({
    issuer,
    paths: {
      authorize: `${below}/auth`,
      token: `${below}/token`,
      revoke: `${below}/revoke`,
      userInfo: `${below}/userinfo`,
      keys: `${below}/certs`,
      logout: `${below}/logout`,
    },
    subject: ({ number }) => `f81d4fae-7dec-11d0-a765-00a0c91e${number}`,
    pictures: false,
    rules: {
      codeLifetime: 60,
      tokenLifetime: 300,
      // Each refresh brings another refresh token, and the one before stays good. The session ends
      // after ten hours, whatever is done.
      refresh: { keepsOld: true, hardLifetime: 36_000, endsOldAccess: false },
      members: () => ({ refresh_expires_in: 1800, 'not-before-policy': 0 }),
    },
    namesItself: true,
  })
}

/** Keycloak at the root, and below `/auth` as it was before version 17. Facts: Keycloak's docs, checked 2026-11-23. */
export const keycloak: Counterpart = openIdServer({
  id: 'keycloak',
  name: 'Keycloak',
  hosts: ['sso.example.com'],
  look: {
    colour: '#33447e',
    button: '#0066cc',
    mark: 'M6 1.6h12L24 12l-6 10.4H6L0 12zm3 5.2L6 12l3 5.2h6l3-5.2-3-5.2z',
    approve: 'Yes, grant access to',
    decline: 'No',
  },
  routes: ['', '/auth'].flatMap(realms),
})
