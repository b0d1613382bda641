import type { DanceClient } from '@spa-dance/browser-sdk'
import type { Provider } from '@spa-dance/providers'
import { emulated } from '@spa-dance/emulator/emulated'
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
import { nylas } from '@spa-dance/providers/nylas'
import { okta } from '@spa-dance/providers/okta'
import { meetup } from '@spa-dance/providers/meetup'
import { slack } from '@spa-dance/providers/slack'
import { slackOpenid } from '@spa-dance/providers/slack-openid'
import { spotify } from '@spa-dance/providers/spotify'
import { twitter } from '@spa-dance/providers/twitter'
import { x } from '@spa-dance/providers/x'
import type { Name } from './names.ts'

/** Points a declaration at this machine. Take it away, and the dance is with the real provider. */
const here = <P extends Provider>(provider: P): P =>
  emulated(provider, import.meta.env.VITE_EMULATOR_URL)

/** An OpenID Provider of which nothing but UserInfo is asked, for as long as someone wishes. */
const userInfoBelow = (baseUrl: string) => ({
  api: { baseUrl, cors: true },
  scopes: ['openid', 'profile', 'email', 'offline_access'],
})

/** What both pages sign in to. Where there is no client id, the exchange knows the rest. */
export const clients = {
  auth0: {
    provider: here(
      auth0({ domain: 'example.eu.auth0.com', ...userInfoBelow('https://example.eu.auth0.com/') }),
    ),
    clientId: 'demo-auth0',
  },
  azure: { provider: here(azure()), clientId: 'demo-azure' },
  discord: {
    provider: here(discord()),
    clientId: 'demo-discord',
    scopes: ['identify', 'email'],
  },
  dropbox: { provider: here(dropbox()), clientId: 'demo-dropbox' },
  facebook: { provider: here(facebook()) },
  github: { provider: here(github()) },
  gitlab: { provider: here(gitlab()), clientId: 'demo-gitlab' },
  google: { provider: here(google()) },
  jira: { provider: here(jira({ baseUrl: 'https://jira.example.com/' })) },
  'jira-data-center': { provider: here(jiraDataCenter({ baseUrl: 'https://jira.example.com/' })) },
  keycloak: {
    provider: here(
      keycloak({
        baseUrl: 'https://sso.example.com',
        realm: 'main',
        ...userInfoBelow('https://sso.example.com/realms/main/protocol/openid-connect/'),
      }),
    ),
    clientId: 'demo-keycloak',
  },
  nylas: { provider: here(nylas()) },
  okta: {
    provider: here(
      okta({
        domain: 'example.okta.com',
        ...userInfoBelow('https://example.okta.com/oauth2/default/v1/'),
      }),
    ),
    clientId: 'demo-okta',
  },
  meetup: { provider: here(meetup()) },
  slack: { provider: here(slack()) },
  'slack-openid': { provider: here(slackOpenid()) },
  spotify: { provider: here(spotify()), clientId: 'demo-spotify' },
  twitter: { provider: here(twitter()) },
  x: { provider: here(x()) },
} satisfies Record<Name, DanceClient>

export const exchange = import.meta.env.VITE_EXCHANGE_URL
