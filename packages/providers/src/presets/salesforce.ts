import type { OAuth2Provider } from '../types.ts'

export interface SalesforceOptions {
  /**
   * The org's My Domain: `example.my.salesforce.com`.
   *
   * @default 'login.salesforce.com', where people of all orgs sign in
   */
  host?: string
  /** Where people of sandboxes sign in, in place of the default host. @default false */
  sandbox?: boolean
  /**
   * Lets the page dance by itself. Needs `host`, an app without a secret, and in that org "CORS for
   * OAuth endpoints" with the page's origin on its allowlist. @default false
   */
  direct?: boolean
}

/**
 * Salesforce. Its reply says where the person's org is, and has to name a host of Salesforce. Register
 * `<exchange>/salesforce/callback` with an External Client App, or for `direct`
 * `<app>/callback/salesforce`, without "Require Secret for Web Server Flow".
 *
 * Facts checked 2026-11-23: help.salesforce.com (OAuth endpoints and CORS, UserInfo), better-auth, Nango.
 * Which scope UserInfo wants is likely, not documented.
 *
 * @throws TypeError if `host` is no bare host name, or `direct` has none
 */
export const salesforce = (options: SalesforceOptions = {}): OAuth2Provider => {
  const { host, sandbox = false, direct = false } = options
  const name = host ?? `${sandbox ? 'test' : 'login'}.salesforce.com`
  if (!/^[a-z\d-]+(\.[a-z\d-]+)+$/i.test(name) || (direct && host === undefined)) {
    throw new TypeError(
      `[dance] salesforce() needs a host like "example.my.salesforce.com": ${host}`,
    )
  }
  const origin = `https://${name.toLowerCase()}`
  const base = `${origin}/services/oauth2/`
  return {
    id: 'salesforce',
    name: 'Salesforce',
    protocol: 'oauth2',
    route: direct ? 'direct' : 'exchange',
    // Salesforce's documents have the decline with a hyphen, too.
    authorization: { url: `${base}authorize`, accepts: ['display'], denied: ['access-denied'] },
    token: { url: `${base}token` },
    revocation: { url: `${base}revoke`, ends: 'token' },
    api: { baseUrl: `${origin}/`, cors: direct },
    learnt: { apiOrigin: { from: 'instance_url', within: [origin, 'https://*.salesforce.com'] } },
    scopes: ['id', 'api', 'refresh_token'],
    profile: {
      path: 'services/oauth2/userinfo',
      read: (me) => ({ id: me.user_id, name: me.name, email: me.email }),
    },
  }
}
