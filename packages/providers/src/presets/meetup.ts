import type { OAuth2Provider } from '../types.ts'

/**
 * Meetup. It wants a secret, and neither its token endpoint nor its API answers a page, so the
 * exchange does both. The API is GraphQL: a POST to `gql-ext`. Register the exchange's origin as
 * redirect URI; the app needs a Meetup Pro subscription.
 *
 * Facts checked 2026-11-23: Meetup's docs (authentication, GraphQL guide). That it has no PKCE, no
 * revocation and no CORS is likely: nothing says that it has.
 */
export const meetup = (): OAuth2Provider => ({
  id: 'meetup',
  name: 'Meetup',
  protocol: 'oauth2',
  route: 'exchange',
  authorization: { url: 'https://secure.meetup.com/oauth2/authorize' },
  token: { url: 'https://secure.meetup.com/oauth2/access' },
  pkce: false,
  api: { baseUrl: 'https://api.meetup.com/', cors: false },
  scopes: ['basic'],
  profile: {
    path: 'gql-ext',
    json: { query: 'query { self { id name email } }' },
    read: ({ data }) => data?.self ?? {},
  },
})
