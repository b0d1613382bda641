import type { Provider } from '@spa-dance/providers'
import { apple } from '@spa-dance/providers/apple'
import { atlassian } from '@spa-dance/providers/atlassian'
import { auth0 } from '@spa-dance/providers/auth0'
import { azure } from '@spa-dance/providers/azure'
import { digitalocean } from '@spa-dance/providers/digitalocean'
import { discord } from '@spa-dance/providers/discord'
import { dropbox } from '@spa-dance/providers/dropbox'
import { facebook } from '@spa-dance/providers/facebook'
import { github } from '@spa-dance/providers/github'
import { gitlab } from '@spa-dance/providers/gitlab'
import { google } from '@spa-dance/providers/google'
import { heroku } from '@spa-dance/providers/heroku'
import { jira } from '@spa-dance/providers/jira'
import { jiraDataCenter } from '@spa-dance/providers/jira-data-center'
import { keycloak } from '@spa-dance/providers/keycloak'
import { linkedin } from '@spa-dance/providers/linkedin'
import { meetup } from '@spa-dance/providers/meetup'
import { notion } from '@spa-dance/providers/notion'
import { nylas } from '@spa-dance/providers/nylas'
import { okta } from '@spa-dance/providers/okta'
import { openstreetmap } from '@spa-dance/providers/openstreetmap'
import { orcid } from '@spa-dance/providers/orcid'
import { reddit } from '@spa-dance/providers/reddit'
import { salesforce } from '@spa-dance/providers/salesforce'
import { slack } from '@spa-dance/providers/slack'
import { slackOpenid } from '@spa-dance/providers/slack-openid'
import { spotify } from '@spa-dance/providers/spotify'
import { strava } from '@spa-dance/providers/strava'
import { trello } from '@spa-dance/providers/trello'
import { twitch } from '@spa-dance/providers/twitch'
import { twitter } from '@spa-dance/providers/twitter'
import { x } from '@spa-dance/providers/x'
import { zoho } from '@spa-dance/providers/zoho'

/** What the demo knows of a provider. The page, the exchange and the emulator go by it. */
export interface Row {
  readonly provider: Provider
  /** In one sentence or two. */
  readonly why: string
  /** An API call to begin with. Absent: there is no API for who has signed in. */
  readonly call?: { readonly method?: 'POST'; readonly path: string; readonly json?: object }
  /** @default the declaration's */
  readonly scopes?: readonly string[]
  /** A scope that is asked for only when a person wants it. */
  readonly more?: string
}

/** An OpenID Provider of which nothing but UserInfo is asked, for as long as someone wishes. */
const userInfoBelow = (baseUrl: string) => ({
  api: { baseUrl, cors: true },
  scopes: ['openid', 'profile', 'email', 'offline_access'],
})

/** A card for each, in this order. The preset of each has the same name. */
const table = {
  apple: {
    provider: apple(),
    why: 'Apple wants a secret that is signed anew each time, and posts its answer. It has no API.',
  },
  atlassian: {
    provider: atlassian(),
    why: 'Jira and Confluence in the cloud. Atlassian wants a secret, and its API answers the page.',
    call: { path: '/me' },
  },
  auth0: {
    provider: auth0({
      domain: 'example.eu.auth0.com',
      ...userInfoBelow('https://example.eu.auth0.com/'),
    }),
    why: 'An OpenID Provider that is found by its discovery document. A page does the whole dance by itself.',
    call: { path: '/userinfo' },
  },
  azure: {
    provider: azure(),
    why: 'Microsoft Entra ID lets a page do the whole dance, once it is registered as a single-page app.',
    call: { path: '/me' },
  },
  digitalocean: {
    provider: digitalocean(),
    why: 'DigitalOcean wants a secret and knows no PKCE. Its API answers no page, so the exchange relays.',
    call: { path: '/account' },
  },
  discord: {
    provider: discord(),
    why: 'Discord lets a page do the whole dance by itself: PKCE, no secret, and no server in between.',
    call: { path: '/users/@me' },
    scopes: ['identify', 'email'],
    more: 'guilds',
  },
  dropbox: {
    provider: dropbox(),
    why: 'Dropbox lets a page do the whole dance too. Its API takes nothing but POST, even to read.',
    call: { method: 'POST', path: '/users/get_current_account' },
  },
  facebook: {
    provider: facebook(),
    why: 'Facebook wants a secret, and gives no refresh token: when its token ends, you sign in again.',
    call: { path: '/me?fields=id,name,email' },
  },
  github: {
    provider: github(),
    why: 'GitHub wants a secret for its tokens, so the exchange fetches them. API calls go straight from the page.',
    call: { path: '/user' },
    more: 'gist',
  },
  gitlab: {
    provider: gitlab(),
    why: 'GitLab lets a page do the whole dance, on gitlab.com or on a server of your own.',
    call: { path: '/user' },
  },
  google: {
    // A refresh token comes with a consent only, so it is asked for each time.
    provider: google({ offline: true, repromptConsent: true }),
    why: 'Google wants a secret even with PKCE. The exchange fetches the tokens, and checks the ID token.',
    call: { path: '/oauth2/v3/userinfo' },
  },
  heroku: {
    provider: heroku(),
    why: 'Heroku wants a secret, and a version with each API call, which the declaration adds.',
    call: { path: '/account' },
  },
  jira: {
    provider: jira({ baseUrl: 'https://jira.example.com/' }),
    why: 'OAuth 1.0a again, but JIRA checks an RSA signature. The key never leaves the exchange.',
    call: { path: '/rest/api/2/myself' },
  },
  'jira-data-center': {
    provider: jiraDataCenter({ baseUrl: 'https://jira.example.com/' }),
    why: 'The same JIRA over OAuth 2. Its tokens and its API answer no page, so the exchange fetches and relays.',
    call: { path: '/rest/api/2/myself' },
  },
  keycloak: {
    provider: keycloak({
      baseUrl: 'https://sso.example.com',
      realm: 'main',
      ...userInfoBelow('https://sso.example.com/realms/main/protocol/openid-connect/'),
    }),
    why: 'Your own OpenID Provider, found by its discovery document. It names itself in each of its answers.',
    call: { path: '/userinfo' },
  },
  linkedin: {
    provider: linkedin(),
    why: 'LinkedIn wants a secret and gives no refresh token. Its API answers no page, so the exchange relays.',
    call: { path: '/userinfo' },
  },
  meetup: {
    provider: meetup(),
    why: 'Meetup has a secret, no PKCE, and an API that answers no page. That API is one GraphQL address.',
    call: { method: 'POST', path: '/gql-ext', json: { query: 'query { self { id name email } }' } },
  },
  notion: {
    provider: notion(),
    why: 'Notion is asked for tokens in JSON. What an app may do there is said once, when it is registered.',
    call: { path: '/users/me' },
  },
  nylas: {
    provider: nylas(),
    why: 'Nylas makes its PKCE challenge in a way of its own. A refresh wants a secret, so the exchange does both.',
    call: { path: '/grants/me' },
  },
  okta: {
    provider: okta({
      domain: 'example.okta.com',
      ...userInfoBelow('https://example.okta.com/oauth2/default/v1/'),
    }),
    why: 'An OpenID Provider with any number of issuers of its own. A page does the whole dance by itself.',
    call: { path: '/userinfo' },
  },
  openstreetmap: {
    provider: openstreetmap(),
    why: 'OpenStreetMap lets a page do the whole dance by itself. Its tokens never end.',
    call: { path: '/user/details.json' },
  },
  orcid: {
    provider: orcid(),
    why: 'ORCID says who a researcher is, with the reply that brings the tokens. It wants a secret.',
    call: { path: '/0000-0002-1815-0097/record' },
  },
  reddit: {
    provider: reddit({ userAgent: 'web:com.example.demo:v1.0 (by /u/ada)' }),
    why: 'Reddit wants to know each app by its User-Agent, which no page may choose: the exchange does.',
    call: { path: '/api/v1/me' },
  },
  salesforce: {
    provider: salesforce(),
    why: 'Salesforce says with its tokens where your org lies. It has to be a host of Salesforce’s own.',
    call: { path: '/services/data/v62.0/chatter/users/me' },
  },
  slack: {
    provider: slack(),
    why: 'Slack hides its errors under status 200, nests its tokens, and takes them from a page in a form only.',
    call: { path: '/users.info?user=U01815SLK' },
  },
  'slack-openid': {
    provider: slackOpenid(),
    why: 'Sign in with Slack is OpenID Connect: it says who you are, and gives no access to Slack’s API.',
    call: { method: 'POST', path: '/openid.connect.userInfo' },
  },
  spotify: {
    provider: spotify(),
    why: 'Spotify lets a page do the whole dance, and hands out a new refresh token with each renewal.',
    call: { path: '/me' },
  },
  strava: {
    provider: strava(),
    why: 'Strava tells only in the redirect what a person has granted. The exchange reads it there.',
    call: { path: '/athlete' },
  },
  trello: {
    provider: trello({ name: 'SPA-Dance demo', scope: ['read', 'account'], expiration: '1hour' }),
    why: 'OAuth 1.0a once more, with scopes, and with a sign-in that lasts as long as the app has asked for.',
    call: { path: '/members/me' },
  },
  twitch: {
    provider: twitch({ clientId: 'demo-twitch' }),
    why: 'Twitch wants the app’s id beside each token, which the declaration adds. It wants a secret, too.',
    call: { path: '/users' },
  },
  twitter: {
    provider: twitter(),
    why: 'OAuth 1.0a signs every request with a secret, so the exchange signs API calls too, and passes them on.',
    call: { path: '/users/me' },
  },
  x: {
    provider: x(),
    why: 'OAuth 2 this time, with PKCE, but neither its tokens nor its API answer a page: the exchange relays.',
    call: { path: '/users/me' },
  },
  zoho: {
    // Its API takes a scope of each product.
    provider: { ...zoho(), scopes: ['AaaServer.profile.READ', 'ZohoCRM.users.READ'] },
    why: 'Zoho keeps your data in one of nine places, and says in the redirect whom to ask for tokens.',
    call: { path: '/crm/v8/users?type=CurrentUser' },
  },
} satisfies Readonly<Record<string, Row>>

export type Name = keyof typeof table

export const providers: Readonly<Record<Name, Row>> = table

export const names = Object.keys(table) as readonly Name[]
