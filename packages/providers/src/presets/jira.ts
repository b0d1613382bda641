import type { OAuth1Provider } from '../types.ts'

export interface JiraOptions {
  /** Where this JIRA lives, with its context path if it has one: `https://jira.example.com/jira`. */
  baseUrl: string
}

/**
 * JIRA over OAuth 1.0a, signed by RSA-SHA1. It takes no other method, and its API answers no page,
 * so the exchange signs and relays each call. Register in JIRA an incoming application link with a
 * consumer key, the public half of the exchange's RSA key, and `<exchange>/jira/callback`.
 *
 * Facts checked 2026-11-23: Flask-Dance and Atlassian's docs, which call this way deprecated.
 *
 * @throws TypeError if `baseUrl` is no URL, or has a query, a fragment or a user name
 */
export const jira = ({ baseUrl }: JiraOptions): OAuth1Provider<'RSA-SHA1'> => {
  if (!/^https?:\/\/[^/?#@\\\s]+(\/[^?#\\\s]*)?$/.test(baseUrl)) {
    throw new TypeError(
      `[dance] The baseUrl of jira() is ${JSON.stringify(baseUrl)}: ` +
        'give where JIRA lives, such as "https://jira.example.com/jira"',
    )
  }
  const base = baseUrl.replace(/\/+$/, '')
  const oauth = `${base}/plugins/servlet/oauth`
  return {
    id: 'jira',
    name: 'JIRA',
    protocol: 'oauth1',
    route: 'exchange',
    signature: 'RSA-SHA1',
    requestToken: { url: `${oauth}/request-token` },
    authorization: { url: `${oauth}/authorize`, deniedVerifier: 'denied' },
    accessToken: { url: `${oauth}/access-token` },
    api: { baseUrl: `${base}/`, cors: false, headers: { 'Content-Type': 'application/json' } },
    profile: {
      path: 'rest/api/2/myself',
      read: (me) => ({
        id: me.accountId ?? me.key ?? me.name,
        name: me.displayName,
        email: me.emailAddress,
        picture: me.avatarUrls?.['48x48'],
      }),
    },
  }
}
