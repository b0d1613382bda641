import type { Profile, Provider } from '@spa-dance/providers'
import { apple } from '@spa-dance/providers/apple'
import { atlassian } from '@spa-dance/providers/atlassian'
import { auth0 } from '@spa-dance/providers/auth0'
import { azure } from '@spa-dance/providers/azure'
import { discord } from '@spa-dance/providers/discord'
import { dropbox } from '@spa-dance/providers/dropbox'
import { facebook } from '@spa-dance/providers/facebook'
import { github } from '@spa-dance/providers/github'
import { gitlab } from '@spa-dance/providers/gitlab'
import { google } from '@spa-dance/providers/google'
import { jira } from '@spa-dance/providers/jira'
import { jiraDataCenter } from '@spa-dance/providers/jira-data-center'
import { keycloak } from '@spa-dance/providers/keycloak'
import { linkedin } from '@spa-dance/providers/linkedin'
import { nylas } from '@spa-dance/providers/nylas'
import { okta } from '@spa-dance/providers/okta'
import { orcid } from '@spa-dance/providers/orcid'
import { meetup } from '@spa-dance/providers/meetup'
import { salesforce } from '@spa-dance/providers/salesforce'
import { slack } from '@spa-dance/providers/slack'
import { slackOpenid } from '@spa-dance/providers/slack-openid'
import { notion } from '@spa-dance/providers/notion'
import { reddit } from '@spa-dance/providers/reddit'
import { twitch } from '@spa-dance/providers/twitch'
import { strava } from '@spa-dance/providers/strava'
import { openstreetmap } from '@spa-dance/providers/openstreetmap'
import { heroku } from '@spa-dance/providers/heroku'
import { digitalocean } from '@spa-dance/providers/digitalocean'
import { spotify } from '@spa-dance/providers/spotify'
import { trello } from '@spa-dance/providers/trello'
import { twitter } from '@spa-dance/providers/twitter'
import { x } from '@spa-dance/providers/x'
import { zoho } from '@spa-dance/providers/zoho'

/** What a provider promises, for the run that takes each of them through the whole dance. */
export interface ProviderRow {
  /** Of the client; where nothing else is said, of the preset's file and the emulated provider too. */
  readonly id: string
  /** What is other than in the row of this provider above: its route, by another registration. */
  readonly variant?: string
  readonly provider: Provider
  /** Who gets the token from the provider. */
  readonly route: Provider['route']
  /** Who calls the provider's API. */
  readonly api: 'page' | 'exchange'
  /** Whether a session renews itself. */
  readonly refreshes: boolean
  /** Whether a sign-out gives the token back: by itself, only when told to, or never. */
  readonly revokes: 'always' | 'when told' | 'never'
  /** An API call that answers with the id of who has signed in. Absent: there is no API. */
  readonly call?: `${'GET' | 'POST'} /${string}`
  /** Of that call: JSON. */
  readonly body?: string
  /** Further calls that have to work once all of `asks` is granted: method, address, JSON. */
  readonly alsoCalls?: readonly string[]
  /** Scopes of a login that names them: two at least, so that they have to be told apart. */
  readonly asks?: readonly string[]
  /** What may be read once all of `asks` is granted, and not before. */
  readonly asksFor?: Partial<Profile>
  /** What one login may add, as the provider calls it: a hint at Ada, and other parameters. */
  readonly takes?: Readonly<Record<string, string>>
  /** Whether the tokens say whose they are, before any API is asked. @default false */
  readonly identified?: true
  /** Only for a provider that is sent no PKCE. */
  readonly pkce?: false
  /** What is read of Ada Lovelace. The picture is only looked at, not compared. */
  readonly profile: Omit<Profile, 'picture'> & { readonly picture: boolean }
}

const name = 'Ada Lovelace'
const email = 'ada@example.com'
const tenant = 'aaaabbbb-0000-cccc-1111-dddd2222eeee'
/** Where UserInfo lies is the API of these. */
const userInfoBelow = (baseUrl: string) => ({ api: { baseUrl, cors: true } })
const offline = { scopes: ['openid', 'profile', 'email', 'offline_access'] }

/** A row for each preset, and one for each variant. */
export const rows: readonly ProviderRow[] = [
  {
    id: 'apple',
    provider: apple(),
    route: 'exchange',
    api: 'exchange',
    refreshes: false,
    revokes: 'when told',
    pkce: false,
    identified: true,
    asks: ['openid', 'email', 'name'],
    profile: { id: '000815.3f2504e04f8911d39a0c0305e82c3301.1815', email, picture: false },
  },
  {
    id: 'atlassian',
    provider: atlassian(),
    route: 'exchange',
    api: 'page',
    refreshes: true,
    revokes: 'never',
    asks: ['read:me', 'read:jira-user', 'offline_access'],
    call: 'GET /me',
    profile: {
      id: '557058:c6a6e0c1-46d3-4a5b-8d0c-0a1b2c3d1815',
      name,
      email,
      picture: true,
    },
  },
  {
    id: 'auth0',
    provider: auth0({
      domain: 'example.eu.auth0.com',
      ...offline,
      ...userInfoBelow('https://example.eu.auth0.com/'),
    }),
    route: 'direct',
    api: 'page',
    refreshes: true,
    revokes: 'always',
    call: 'GET /userinfo',
    asks: ['openid', 'profile', 'email'],
    identified: true,
    takes: { login_hint: email },
    profile: { id: 'auth0|5f7c8ec7c33c6c004bbafe1815', name, email, picture: true },
  },
  {
    id: 'azure',
    provider: azure({ tenant }),
    route: 'direct',
    api: 'page',
    refreshes: true,
    revokes: 'never',
    call: 'GET /me',
    asks: ['openid', 'profile', 'email', 'User.Read'],
    identified: true,
    takes: { login_hint: email, domain_hint: 'example.com' },
    profile: { id: '00000000-0000-0000-66f3-333200001815', name, email, picture: false },
  },
  {
    id: 'azure-web',
    variant: 'platform Web',
    provider: { ...azure({ tenant }), route: 'exchange' },
    route: 'exchange',
    api: 'page',
    refreshes: true,
    revokes: 'never',
    call: 'GET /me',
    asks: ['openid', 'profile', 'email', 'User.Read'],
    identified: true,
    takes: { login_hint: email, domain_hint: 'example.com' },
    profile: { id: '00000000-0000-0000-66f3-333200001815', name, email, picture: false },
  },
  {
    id: 'discord',
    provider: discord(),
    route: 'direct',
    api: 'page',
    refreshes: true,
    revokes: 'when told',
    call: 'GET /users/@me',
    asks: ['identify', 'email'],
    asksFor: { email },
    profile: { id: '803511102246701815', name, picture: true },
  },
  {
    id: 'discord-confidential',
    variant: 'with a secret',
    provider: { ...discord(), route: 'exchange' },
    route: 'exchange',
    // A week is too long for a token in a page: the exchange seals it.
    api: 'exchange',
    refreshes: true,
    revokes: 'when told',
    call: 'GET /users/@me',
    asks: ['identify', 'email'],
    asksFor: { email },
    profile: { id: '803511102246701815', name, picture: true },
  },
  {
    id: 'dropbox',
    provider: dropbox(),
    route: 'direct',
    api: 'page',
    refreshes: true,
    revokes: 'when told',
    call: 'POST /users/get_current_account',
    asks: ['account_info.read', 'files.metadata.read'],
    identified: true,
    profile: { id: 'dbid:AAH4f99T0taONIb-OurWxbNQ6ywGRopQ1815', name, email, picture: true },
  },
  {
    id: 'facebook',
    provider: facebook(),
    route: 'exchange',
    api: 'page',
    refreshes: false,
    revokes: 'when told',
    call: 'GET /me',
    asks: ['public_profile', 'email'],
    takes: { auth_type: 'rerequest' },
    profile: { id: '10223456701815', name, email, picture: true },
  },
  {
    id: 'facebook-direct',
    variant: 'direct',
    provider: facebook({ direct: true }),
    route: 'direct',
    api: 'page',
    refreshes: false,
    revokes: 'when told',
    call: 'GET /me',
    identified: true,
    asks: ['openid', 'public_profile', 'email'],
    takes: { auth_type: 'rerequest' },
    profile: { id: '10223456701815', name, email, picture: true },
  },
  {
    id: 'facebook-long',
    variant: 'long-lived',
    provider: facebook({ longLived: true }),
    route: 'exchange',
    // Of 60 days: the exchange seals it.
    api: 'exchange',
    refreshes: false,
    revokes: 'when told',
    call: 'GET /me',
    asks: ['public_profile', 'email'],
    takes: { auth_type: 'rerequest' },
    profile: { id: '10223456701815', name, email, picture: true },
  },
  {
    id: 'github',
    provider: github(),
    route: 'exchange',
    api: 'page',
    refreshes: true,
    revokes: 'always',
    call: 'GET /user',
    asks: ['read:user', 'user:email'],
    takes: { login: email },
    profile: { id: '1815', name, email, picture: true },
  },
  {
    id: 'gitlab',
    provider: gitlab(),
    route: 'direct',
    api: 'page',
    refreshes: true,
    revokes: 'always',
    call: 'GET /user',
    alsoCalls: ['GET https://gitlab.com/oauth/userinfo'],
    asks: ['read_user', 'openid'],
    profile: { id: '1815', name, email, picture: true },
  },
  {
    id: 'google',
    provider: google({ offline: true, repromptConsent: true }),
    route: 'exchange',
    api: 'page',
    refreshes: true,
    revokes: 'when told',
    call: 'GET /oauth2/v3/userinfo',
    asks: ['https://www.googleapis.com/auth/userinfo.email', 'openid'],
    identified: true,
    takes: { login_hint: email },
    profile: { id: '107691503500061501815', name, email, picture: true },
  },
  {
    id: 'jira',
    provider: jira({ baseUrl: 'https://jira.example.com/' }),
    route: 'exchange',
    api: 'exchange',
    refreshes: false,
    revokes: 'never',
    call: 'GET /rest/api/2/myself',
    alsoCalls: ['POST /rest/api/2/issue {"fields":{}}'],
    profile: { id: 'JIRAUSER1815', name, email, picture: true },
  },
  {
    id: 'jira-data-center',
    provider: jiraDataCenter({ baseUrl: 'https://jira.example.com/jira' }),
    route: 'exchange',
    api: 'exchange',
    refreshes: true,
    revokes: 'never',
    call: 'GET /rest/api/2/myself',
    asks: ['READ', 'WRITE'],
    profile: { id: 'JIRAUSER1815', name, email, picture: true },
  },
  {
    id: 'keycloak',
    provider: keycloak({
      baseUrl: 'https://sso.example.com',
      realm: 'main',
      ...userInfoBelow('https://sso.example.com/realms/main/protocol/openid-connect/'),
    }),
    route: 'direct',
    api: 'page',
    refreshes: true,
    revokes: 'always',
    call: 'GET /userinfo',
    asks: ['openid', 'profile', 'email'],
    identified: true,
    takes: { login_hint: email },
    profile: { id: 'f81d4fae-7dec-11d0-a765-00a0c91e1815', name, email, picture: false },
  },
  {
    id: 'linkedin',
    provider: linkedin(),
    route: 'exchange',
    api: 'exchange',
    refreshes: false,
    revokes: 'never',
    pkce: false,
    asks: ['openid', 'profile', 'email'],
    call: 'GET /userinfo',
    profile: { id: '782bbtaQ1815', name, email, picture: true },
  },
  {
    id: 'nylas',
    provider: nylas(),
    route: 'exchange',
    api: 'page',
    refreshes: true,
    revokes: 'always',
    call: 'GET /grants/me',
    identified: true,
    asks: ['https://www.googleapis.com/auth/calendar', 'email'],
    takes: { provider: 'google' },
    profile: { id: 'e19f8e1a-eb1c-41c0-b6a6-d2e59da18157f', name, email, picture: false },
  },
  {
    id: 'nylas-direct',
    variant: 'direct',
    provider: nylas({ direct: true }),
    route: 'direct',
    api: 'page',
    refreshes: false,
    revokes: 'always',
    call: 'GET /grants/me',
    identified: true,
    asks: ['https://www.googleapis.com/auth/calendar', 'email'],
    takes: { provider: 'google' },
    profile: { id: 'e19f8e1a-eb1c-41c0-b6a6-d2e59da18157f', name, email, picture: false },
  },
  {
    id: 'okta',
    provider: okta({
      domain: 'example.okta.com',
      ...offline,
      ...userInfoBelow('https://example.okta.com/oauth2/default/v1/'),
    }),
    route: 'direct',
    api: 'page',
    refreshes: true,
    revokes: 'always',
    call: 'GET /userinfo',
    asks: ['openid', 'profile', 'email'],
    identified: true,
    takes: { login_hint: email },
    profile: { id: '00u1a2b3c4D5e6F1815', name, email, picture: false },
  },
  {
    id: 'orcid',
    provider: orcid(),
    route: 'exchange',
    api: 'exchange',
    refreshes: true,
    revokes: 'always',
    pkce: false,
    identified: true,
    asks: ['openid', '/authenticate'],
    call: 'GET /0000-0002-1815-0097/record',
    profile: { id: '0000-0002-1815-0097', name, picture: false },
  },
  {
    id: 'meetup',
    provider: meetup(),
    route: 'exchange',
    api: 'exchange',
    refreshes: true,
    revokes: 'never',
    call: 'POST /gql-ext',
    body: '{"query":"query { self { id } }"}',
    pkce: false,
    asks: ['basic', 'ageless'],
    profile: { id: '30001815', name, email, picture: false },
  },
  {
    id: 'salesforce',
    provider: salesforce(),
    route: 'exchange',
    api: 'exchange',
    refreshes: true,
    revokes: 'always',
    call: 'GET /services/data/v62.0/chatter/users/me',
    asks: ['id', 'api', 'refresh_token'],
    takes: { login_hint: email, display: 'popup' },
    profile: { id: '005dn000001815QAQ', name, email, picture: false },
  },
  {
    id: 'salesforce-direct',
    variant: 'direct',
    provider: salesforce({ host: 'dance.my.salesforce.com', direct: true }),
    route: 'direct',
    api: 'page',
    refreshes: true,
    revokes: 'always',
    call: 'GET /services/data/v62.0/chatter/users/me',
    asks: ['id', 'api', 'refresh_token'],
    takes: { login_hint: email, display: 'popup' },
    profile: { id: '005dn000001815QAQ', name, email, picture: false },
  },
  {
    id: 'slack',
    provider: slack(),
    route: 'exchange',
    api: 'page',
    refreshes: true,
    revokes: 'always',
    call: 'GET /users.info?user=U01815SLK',
    pkce: false,
    identified: true,
    asks: ['users:read', 'users:read.email'],
    profile: { id: 'U01815SLK', name: 'ada-lovelace', picture: false },
  },
  {
    id: 'slack-bot',
    variant: 'as a bot',
    provider: slack({ as: 'bot' }),
    route: 'exchange',
    api: 'page',
    refreshes: true,
    revokes: 'always',
    call: 'POST /auth.test',
    pkce: false,
    identified: true,
    asks: ['users:read', 'users:read.email'],
    profile: { id: 'U0EMULBOT', name: 'emulated_bot', picture: false },
  },
  {
    id: 'slack-public',
    variant: 'public client',
    provider: slack({ publicClient: true }),
    route: 'direct',
    api: 'page',
    refreshes: true,
    revokes: 'always',
    call: 'POST /auth.test',
    identified: true,
    asks: ['users:read', 'users:read.email'],
    profile: { id: 'U01815SLK', name: 'ada-lovelace', picture: false },
  },
  {
    id: 'slack-openid',
    provider: slackOpenid(),
    route: 'exchange',
    api: 'page',
    refreshes: true,
    revokes: 'always',
    call: 'POST /openid.connect.userInfo',
    pkce: false,
    identified: true,
    asks: ['openid', 'email'],
    profile: { id: 'U01815SLK', name, email, picture: true },
  },
  {
    id: 'spotify',
    provider: spotify(),
    route: 'direct',
    api: 'page',
    refreshes: true,
    revokes: 'never',
    call: 'GET /me',
    asks: ['user-read-email', 'user-read-private'],
    profile: { id: 'smedjan1815', name, email, picture: true },
  },
  {
    id: 'trello',
    provider: trello({
      name: 'The dance',
      scope: ['read', 'write', 'account'],
      expiration: '1day',
    }),
    route: 'exchange',
    api: 'exchange',
    refreshes: false,
    revokes: 'always',
    call: 'GET /members/me',
    alsoCalls: ['POST /boards {"name":"Engines"}'],
    profile: { id: '555555555555555555555717', name, email, picture: true },
  },
  {
    id: 'twitter',
    provider: twitter(),
    route: 'exchange',
    api: 'exchange',
    refreshes: false,
    revokes: 'always',
    call: 'GET /users/me',
    alsoCalls: ['GET https://api.x.com/1.1/account/verify_credentials.json'],
    identified: true,
    takes: { screen_name: email },
    profile: { id: '2244991815', name, picture: true },
  },
  {
    id: 'x',
    provider: x(),
    route: 'exchange',
    api: 'exchange',
    refreshes: true,
    revokes: 'always',
    call: 'GET /users/me',
    asks: ['users.read', 'tweet.read', 'offline.access'],
    profile: { id: '2244991815', name, picture: true },
  },
  {
    id: 'digitalocean',
    provider: digitalocean(),
    route: 'exchange',
    api: 'exchange',
    refreshes: true,
    revokes: 'always',
    call: 'GET /account',
    pkce: false,
    identified: true,
    asks: ['read', 'write'],
    profile: { id: 'b6fr89dbf6d9156cace5f3c78dc9851d9571815', name, email, picture: false },
  },
  {
    id: 'heroku',
    provider: heroku(),
    route: 'exchange',
    api: 'page',
    refreshes: true,
    revokes: 'never',
    call: 'GET /account',
    pkce: false,
    asks: ['identity', 'read'],
    profile: { id: '01234567-89ab-cdef-0123-456789011815', name, email, picture: false },
  },
  {
    id: 'notion',
    provider: notion(),
    route: 'exchange',
    api: 'exchange',
    refreshes: true,
    revokes: 'always',
    call: 'GET /users/me',
    pkce: false,
    profile: { id: 'd40e767c-d7af-4b18-a86d-55c61f1e1815', name, email, picture: true },
  },
  {
    id: 'openstreetmap',
    provider: openstreetmap(),
    route: 'direct',
    api: 'page',
    refreshes: false,
    revokes: 'always',
    call: 'GET /user/details.json',
    asks: ['read_prefs', 'read_gpx'],
    profile: { id: '1815', name, picture: true },
  },
  {
    id: 'reddit',
    provider: reddit({ userAgent: 'web:com.example.e2e:v1.0 (by /u/ada)' }),
    route: 'exchange',
    api: 'exchange',
    refreshes: true,
    revokes: 'always',
    call: 'GET /api/v1/me',
    pkce: false,
    asks: ['identity', 'read'],
    profile: { id: 't2a1815', name: 'ada-lovelace', picture: true },
  },
  {
    id: 'strava',
    provider: strava(),
    route: 'exchange',
    api: 'page',
    refreshes: true,
    revokes: 'when told',
    call: 'GET /athlete',
    pkce: false,
    asks: ['read', 'activity:read'],
    profile: { id: '1815', name, picture: true },
  },
  {
    id: 'twitch',
    provider: twitch({ clientId: 'e2e-twitch' }),
    route: 'exchange',
    api: 'page',
    refreshes: true,
    revokes: 'always',
    call: 'GET /users',
    pkce: false,
    asks: ['user:read:email', 'chat:read'],
    profile: { id: '14131815', name, email, picture: true },
  },
  {
    id: 'zoho',
    // Its API takes a scope of each product.
    provider: { ...zoho(), scopes: ['AaaServer.profile.READ', 'ZohoCRM.users.READ'] },
    route: 'exchange',
    api: 'exchange',
    refreshes: true,
    revokes: 'always',
    call: 'GET /crm/v8/users?type=CurrentUser',
    asks: ['AaaServer.profile.READ', 'ZohoCRM.users.READ', 'ZohoCRM.modules.READ'],
    profile: { id: '670001815', name, email, picture: false },
  },
]

/** What a provider speaks, for people. */
export function protocolOf(provider: Provider): string {
  if (provider.protocol === 'oauth1') return `OAuth 1.0a, ${provider.signature}`
  const openid = provider.protocol === 'oidc' || provider.scopes?.includes('openid')
  return openid ? 'OpenID Connect' : 'OAuth 2'
}

/** How a row is called. */
export const titleOf = ({ provider, variant }: ProviderRow): string =>
  variant === undefined ? provider.name : `${provider.name}, ${variant}`

/** What the app is called at a provider. */
export const clientIdOf = (id: string): string => `e2e-${id}`
