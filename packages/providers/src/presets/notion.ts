import type { OAuth2Provider } from '../types.ts'

export interface NotionOptions {
  /** The version of the API, which every call has to name. @default '2022-06-28' */
  version?: `${number}-${number}-${number}`
}

/**
 * Notion. It wants a secret, as Basic beside a JSON body, and answers no page, so the exchange asks
 * for tokens and relays. There are no scopes: register a public integration with its capabilities,
 * and `<exchange>/notion/callback` as a redirect URI.
 *
 * Facts checked 2026-11-23: Notion's docs (authorization), arctic, better-auth; no CORS:
 * notion-sdk-js#96. That a refresh token rotates is likely.
 */
export const notion = ({ version = '2022-06-28' }: NotionOptions = {}): OAuth2Provider => ({
  id: 'notion',
  name: 'Notion',
  protocol: 'oauth2',
  route: 'exchange',
  authorization: {
    url: 'https://api.notion.com/v1/oauth/authorize',
    params: { owner: 'user' },
  },
  token: {
    url: 'https://api.notion.com/v1/oauth/token',
    clientAuth: 'basic',
    encoding: 'json',
  },
  pkce: false,
  revocation: {
    url: 'https://api.notion.com/v1/oauth/revoke',
    ends: 'token',
    takes: 'access_token',
    parameter: 'token',
    encoding: 'json',
  },
  api: {
    baseUrl: 'https://api.notion.com/v1/',
    cors: false,
    headers: { 'Notion-Version': version },
  },
  profile: {
    path: 'users/me',
    // The token is a bot's, which belongs to a person.
    read: ({ bot: { owner } }) => ({
      id: owner.user.id,
      name: owner.user.name,
      email: owner.user.person?.email,
      picture: owner.user.avatar_url,
    }),
  },
})
