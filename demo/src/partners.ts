import { clients } from './clients.ts'
import type { Name } from './names.ts'

/** Who takes part in a dance, beside the page and the provider. */
export const routes = ['direct', 'exchange', 'exchange + relay'] as const

export type PartnerRoute = (typeof routes)[number]

/** A provider as the page tells of it. */
export interface Partner {
  readonly client: Name
  readonly name: string
  readonly route: PartnerRoute
  readonly why: string
  /** Whether the provider's own tokens end, so that a renewal can be provoked. */
  readonly tokensEnd: boolean
  /** An API call to begin with. */
  readonly call: { readonly method?: 'POST'; readonly path: string; readonly json?: object }
  /** A scope that is asked for only when a person wants it. */
  readonly more?: string
}

const about: Readonly<Record<Name, Pick<Partner, 'why' | 'call' | 'more'>>> = {
  auth0: {
    why: 'An OpenID Provider that is found by its discovery document. A page does the whole dance by itself.',
    call: { path: '/userinfo' },
  },
  azure: {
    why: 'Microsoft Entra ID lets a page do the whole dance, once it is registered as a single-page app.',
    call: { path: '/me' },
  },
  discord: {
    why: 'Discord lets a page do the whole dance by itself: PKCE, no secret, and no server in between.',
    call: { path: '/users/@me' },
    more: 'guilds',
  },
  dropbox: {
    why: 'Dropbox lets a page do the whole dance too. Its API takes nothing but POST, even to read.',
    call: { method: 'POST', path: '/users/get_current_account' },
  },
  facebook: {
    why: 'Facebook wants a secret, and gives no refresh token: when its token ends, you sign in again.',
    call: { path: '/me?fields=id,name,email' },
  },
  github: {
    why: 'GitHub wants a secret for its tokens, so the exchange fetches them. API calls go straight from the page.',
    call: { path: '/user' },
    more: 'gist',
  },
  gitlab: {
    why: 'GitLab lets a page do the whole dance, on gitlab.com or on a server of your own.',
    call: { path: '/user' },
  },
  google: {
    why: 'Google wants a secret even with PKCE. The exchange fetches the tokens, and checks the ID token.',
    call: { path: '/oauth2/v3/userinfo' },
  },
  jira: {
    why: 'OAuth 1.0a again, but JIRA checks an RSA signature. The key never leaves the exchange.',
    call: { path: '/rest/api/2/myself' },
  },
  'jira-data-center': {
    why: 'The same JIRA over OAuth 2. Its tokens and its API answer no page, so the exchange fetches and relays.',
    call: { path: '/rest/api/2/myself' },
  },
  keycloak: {
    why: 'Your own OpenID Provider, found by its discovery document. It names itself in each of its answers.',
    call: { path: '/userinfo' },
  },
  nylas: {
    why: 'Nylas makes its PKCE challenge in a way of its own. A refresh wants a secret, so the exchange does both.',
    call: { path: '/grants/me' },
  },
  okta: {
    why: 'An OpenID Provider with any number of issuers of its own. A page does the whole dance by itself.',
    call: { path: '/userinfo' },
  },
  meetup: {
    why: 'Meetup has a secret, no PKCE, and an API that answers no page. That API is one GraphQL address.',
    call: {
      method: 'POST',
      path: '/gql-ext',
      json: { query: 'query { self { id name email } }' },
    },
  },
  slack: {
    why: 'Slack hides its errors under status 200, nests its tokens, and takes them from a page in a form only.',
    call: { path: '/users.info?user=U01815SLK' },
  },
  'slack-openid': {
    why: 'Sign in with Slack is OpenID Connect: it says who you are, and gives no access to Slack’s API.',
    call: { method: 'POST', path: '/openid.connect.userInfo' },
  },
  spotify: {
    why: 'Spotify lets a page do the whole dance, and hands out a new refresh token with each renewal.',
    call: { path: '/me' },
  },
  twitter: {
    why: 'OAuth 1.0a signs every request with a secret, so the exchange signs API calls too, and passes them on.',
    call: { path: '/users/me' },
  },
  x: {
    why: 'OAuth 2 this time, with PKCE, but neither its tokens nor its API answer a page: the exchange relays.',
    call: { path: '/users/me' },
  },
}

export function partnerOf(client: Name): Partner {
  const { name, route, api, protocol } = clients[client].provider
  return {
    client,
    name,
    route: (api?.cors ?? true) ? route : 'exchange + relay',
    tokensEnd: protocol !== 'oauth1',
    ...about[client],
  }
}
