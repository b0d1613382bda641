import type { Counterpart, Route } from '../counterpart.ts'
import { openIdRoutes, openIdServer } from './openid.ts'

/** An authorization server; the org's own has an issuer without a path, but endpoints below one. */
const server = (issuer: string, base: string): readonly Route[] =>
  openIdRoutes({
    issuer,
    paths: {
      authorize: `${base}/v1/authorize`,
      token: `${base}/v1/token`,
      revoke: `${base}/v1/revoke`,
      userInfo: `${base}/v1/userinfo`,
      keys: `${base}/v1/keys`,
      logout: `${base}/v1/logout`,
    },
    subject: ({ number }) => `00u1a2b3c4D5e6F${number}`,
    pictures: false,
    rules: {
      codeLifetime: 60,
      tokenLifetime: 3600,
      refresh: { scope: 'offline_access', endsOldAccess: false },
    },
    namesItself: false,
  })

/** An org of Okta: its own server, and the custom one named "default". Facts: Okta's docs, checked 2026-11-23. */
export const okta: Counterpart = openIdServer({
  id: 'okta',
  name: 'Okta',
  hosts: ['example.okta.com'],
  look: {
    colour: '#191919',
    button: '#3f59e4',
    mark: 'M12 0C5.389 0 0 5.35 0 12s5.35 12 12 12 12-5.35 12-12S18.611 0 12 0zm0 18c-3.325 0-6-2.675-6-6s2.675-6 6-6 6 2.675 6 6-2.675 6-6 6z',
    approve: 'Allow access for',
    decline: 'Don’t allow',
  },
  routes: [...server('/oauth2/default', '/oauth2/default'), ...server('', '/oauth2')],
})
