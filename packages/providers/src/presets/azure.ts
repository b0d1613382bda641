import type { OAuth2Provider } from '../types.ts'

export interface AzureOptions {
  /**
   * Who may sign in: your tenant's id or domain, `common`, `organizations` or `consumers`. Only with
   * the id is `openid` asked for: the ID tokens of all others name an issuer that can't be known
   * before. @default 'common'
   */
  tenant?: string
  /** @default Entra asks only for what it does not know */
  prompt?: 'login' | 'none' | 'consent' | 'select_account'
  /** Skips the choice of an identity provider: a domain of the tenant. */
  domainHint?: string
  /** Fills in the account, unless one login says another. */
  loginHint?: string
}

/**
 * Azure (Microsoft Entra ID), as a public client: register `<app>/callback/azure` under the
 * platform "Single-page application". Under "Web" instead, say `route: 'exchange'` and register
 * `<exchange>/azure/callback`; one never works as the other. A page's refresh tokens end 24 hours
 * after the sign-in, whatever it does.
 *
 * Facts checked 2026-11-23: Microsoft's identity platform docs. That Graph answers CORS is likely.
 *
 * @throws TypeError if `tenant` can be no part of a URL's path
 */
export const azure = (options: AzureOptions = {}): OAuth2Provider => {
  const { tenant = 'common', prompt, domainHint, loginHint } = options
  if (!/^\w[\w.-]*$/.test(tenant)) {
    throw new TypeError(`[dance] azure() needs a tenant's id or domain, not ${tenant}`)
  }
  const base = `https://login.microsoftonline.com/${tenant.toLowerCase()}`
  const issuer = /^[\da-f-]{36}$/i.test(tenant) && `${base}/v2.0`
  return {
    id: 'azure',
    name: 'Microsoft',
    protocol: 'oauth2',
    route: 'direct',
    authorization: {
      url: `${base}/oauth2/v2.0/authorize`,
      params: { prompt, domain_hint: domainHint, login_hint: loginHint },
      accepts: ['domain_hint'],
    },
    token: { url: `${base}/oauth2/v2.0/token`, repeatsScopes: true },
    ...(issuer && { openid: { issuer, jwksUrl: `${base}/discovery/v2.0/keys` } }),
    api: { baseUrl: 'https://graph.microsoft.com/v1.0/', cors: true },
    scopes: [...(issuer ? ['openid', 'profile', 'email'] : []), 'User.Read', 'offline_access'],
    profile: {
      path: 'me',
      read: (me) => ({ id: me.id, name: me.displayName, email: me.mail ?? me.userPrincipalName }),
    },
  }
}
