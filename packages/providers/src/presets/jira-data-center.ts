import type { OAuth2Provider } from '../types.ts'

export interface JiraDataCenterOptions {
  /** Where this Jira lives, with its context path if it has one: `https://jira.example.com/jira`. */
  baseUrl: string
}

/**
 * Jira Data Center over OAuth 2.0 with PKCE. Whether it lets a client without a secret in is not
 * documented, and its API answers only the pages on its allow-list, so the exchange does both.
 * Register in Jira an incoming application link, "External application", with
 * `<exchange>/jira-data-center/callback`.
 *
 * Facts checked 2026-11-23: Atlassian's docs (Jira OAuth 2.0 provider API). Likely, not documented
 * there: that a refresh has to name the redirect URI.
 *
 * @throws TypeError if `baseUrl` is no URL, or has a query, a fragment or a user name
 */
export const jiraDataCenter = ({ baseUrl }: JiraDataCenterOptions): OAuth2Provider => {
  if (!/^https?:\/\/[^/?#@\\\s]+(\/[^?#\\\s]*)?$/.test(baseUrl)) {
    throw new TypeError(
      `[dance] jiraDataCenter() needs a baseUrl like "https://jira.example.com/jira", not "${baseUrl}"`,
    )
  }
  const base = baseUrl.replace(/\/+$/, '')
  const oauth = `${base}/rest/oauth2/latest`
  return {
    id: 'jira-data-center',
    name: 'Jira Data Center',
    protocol: 'oauth2',
    route: 'exchange',
    authorization: { url: `${oauth}/authorize` },
    token: { url: `${oauth}/token`, refreshRedirectUri: true },
    api: { baseUrl: `${base}/`, cors: false },
    scopes: ['READ'],
    profile: {
      path: 'rest/api/2/myself',
      read: (me) => ({
        id: me.key ?? me.name,
        name: me.displayName,
        email: me.emailAddress,
        picture: me.avatarUrls?.['48x48'],
      }),
    },
  }
}
