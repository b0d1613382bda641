import type { OAuth2Provider } from '../types.ts'

export interface OrcidOptions {
  /** ORCID's own place to try things: other people, another registration. @default false */
  sandbox?: boolean
}

/**
 * ORCID. It wants the secret, and its token endpoint answers no page on purpose. Register
 * `<exchange>/orcid/callback` as a redirect URI, with https.
 *
 * Facts checked 2026-11-23: ORCID's docs; ORCID/ORCID-Source#5977 on CORS. Which parts of the API
 * answer pages is not documented as a whole, so calls are relayed.
 */
export const orcid = ({ sandbox = false }: OrcidOptions = {}): OAuth2Provider => {
  const host = sandbox ? 'sandbox.orcid.org' : 'orcid.org'
  const oauth = `https://${host}/oauth`
  return {
    id: 'orcid',
    name: 'ORCID',
    protocol: 'oauth2',
    route: 'exchange',
    authorization: { url: `${oauth}/authorize` },
    token: { url: `${oauth}/token` },
    revocation: { url: `${oauth}/revoke`, ends: 'token' },
    pkce: false,
    account: 'orcid',
    api: {
      baseUrl: `https://pub.${host}/v3.0/`,
      alsoAllowed: [`${oauth}/userinfo`],
      cors: false,
      headers: { Accept: 'application/json' },
    },
    scopes: ['openid'],
    profile: {
      path: `${oauth}/userinfo`,
      read: (me) => ({
        id: me.sub,
        name: me.name ?? [me.given_name, me.family_name].filter(Boolean).join(' '),
      }),
    },
  }
}
