import type { Provider } from '@spa-dance/providers'
import type { Auth0Options } from '@spa-dance/providers/auth0'
import type { AzureOptions } from '@spa-dance/providers/azure'
import type { FacebookOptions } from '@spa-dance/providers/facebook'
import type { GitHubOptions } from '@spa-dance/providers/github'
import type { GitLabOptions } from '@spa-dance/providers/gitlab'
import type { GoogleOptions } from '@spa-dance/providers/google'
import type { JiraDataCenterOptions } from '@spa-dance/providers/jira-data-center'
import type { JiraOptions } from '@spa-dance/providers/jira'
import type { KeycloakOptions } from '@spa-dance/providers/keycloak'
import type { NylasOptions } from '@spa-dance/providers/nylas'
import type { OidcOptions } from '@spa-dance/providers/oidc'
import type { OktaOptions } from '@spa-dance/providers/okta'
import type { OrcidOptions } from '@spa-dance/providers/orcid'
import type { RedditOptions } from '@spa-dance/providers/reddit'
import type { SalesforceOptions } from '@spa-dance/providers/salesforce'
import type { SlackOpenidOptions } from '@spa-dance/providers/slack-openid'
import type { SlackOptions } from '@spa-dance/providers/slack'
import type { TrelloOptions } from '@spa-dance/providers/trello'
import type { TwitchOptions } from '@spa-dance/providers/twitch'

/** What a preset may read of the environment: `<NAME>_OAUTH_…`, without that beginning. */
export type ReadVariable = (member: string) => string | undefined

/** Every preset, by its file: written out, so that a bundler finds them. Each is loaded when it is wanted. */
const files: Readonly<Record<string, () => Promise<object>>> = {
  apple: () => import('@spa-dance/providers/apple'),
  atlassian: () => import('@spa-dance/providers/atlassian'),
  auth0: () => import('@spa-dance/providers/auth0'),
  azure: () => import('@spa-dance/providers/azure'),
  digitalocean: () => import('@spa-dance/providers/digitalocean'),
  discord: () => import('@spa-dance/providers/discord'),
  dropbox: () => import('@spa-dance/providers/dropbox'),
  facebook: () => import('@spa-dance/providers/facebook'),
  github: () => import('@spa-dance/providers/github'),
  gitlab: () => import('@spa-dance/providers/gitlab'),
  google: () => import('@spa-dance/providers/google'),
  heroku: () => import('@spa-dance/providers/heroku'),
  jira: () => import('@spa-dance/providers/jira'),
  'jira-data-center': () => import('@spa-dance/providers/jira-data-center'),
  keycloak: () => import('@spa-dance/providers/keycloak'),
  linkedin: () => import('@spa-dance/providers/linkedin'),
  meetup: () => import('@spa-dance/providers/meetup'),
  notion: () => import('@spa-dance/providers/notion'),
  nylas: () => import('@spa-dance/providers/nylas'),
  oidc: () => import('@spa-dance/providers/oidc'),
  okta: () => import('@spa-dance/providers/okta'),
  openstreetmap: () => import('@spa-dance/providers/openstreetmap'),
  orcid: () => import('@spa-dance/providers/orcid'),
  reddit: () => import('@spa-dance/providers/reddit'),
  salesforce: () => import('@spa-dance/providers/salesforce'),
  slack: () => import('@spa-dance/providers/slack'),
  'slack-openid': () => import('@spa-dance/providers/slack-openid'),
  spotify: () => import('@spa-dance/providers/spotify'),
  strava: () => import('@spa-dance/providers/strava'),
  trello: () => import('@spa-dance/providers/trello'),
  twitch: () => import('@spa-dance/providers/twitch'),
  twitter: () => import('@spa-dance/providers/twitter'),
  x: () => import('@spa-dance/providers/x'),
  zoho: () => import('@spa-dance/providers/zoho'),
}

/** Their names, for messages. */
export const presetNames: readonly string[] = Object.keys(files)

/** The presets with options that the environment can set. */
const optionsOf: Readonly<Record<string, (read: ReadVariable) => object>> = {
  auth0: (read): Auth0Options => ({
    domain: needed(read, 'AUTH0', 'DOMAIN', "your tenant's domain"),
    route: 'exchange',
    ...given(read, 'AUDIENCE', 'audience'),
  }),
  azure: (read): AzureOptions => given(read, 'TENANT', 'tenant'),
  facebook(read): FacebookOptions {
    const version = read('VERSION')
    if (version !== undefined && !isVersion(version)) {
      throw new TypeError('set FACEBOOK_OAUTH_VERSION to one like v25.0')
    }
    return { longLived: read('LONG_LIVED') === 'true', ...(version && { version }) }
  },
  github: (read): GitHubOptions => given(read, 'HOST', 'host'),
  gitlab: (read): GitLabOptions => given(read, 'HOST', 'host'),
  google: (read): GoogleOptions => ({
    offline: read('OFFLINE') === 'true',
    ...given(read, 'HOSTED_DOMAIN', 'hostedDomain'),
  }),
  jira: (read): JiraOptions => ({
    baseUrl: needed(read, 'JIRA', 'BASE_URL', 'where JIRA lives'),
  }),
  'jira-data-center': (read): JiraDataCenterOptions => ({
    baseUrl: needed(read, 'JIRA_DATA_CENTER', 'BASE_URL', 'where Jira lives'),
  }),
  keycloak: (read): KeycloakOptions => ({
    baseUrl: needed(read, 'KEYCLOAK', 'BASE_URL', 'where Keycloak lives'),
    realm: needed(read, 'KEYCLOAK', 'REALM', 'the name of the realm'),
    route: 'exchange',
  }),
  nylas(read): NylasOptions {
    const region = read('REGION') ?? 'us'
    if (region !== 'us' && region !== 'eu') {
      throw new TypeError('set NYLAS_OAUTH_REGION to us or eu')
    }
    return { region }
  },
  oidc: (read): OidcOptions => ({
    issuer: needed(read, 'OIDC', 'ISSUER', 'its issuer'),
    route: 'exchange',
  }),
  okta: (read): OktaOptions => ({
    domain: needed(read, 'OKTA', 'DOMAIN', "your org's domain"),
    route: 'exchange',
    ...given(read, 'AUTHORIZATION_SERVER', 'authorizationServer'),
  }),
  orcid: (read): OrcidOptions => ({ sandbox: read('SANDBOX') === 'true' }),
  reddit: (read): RedditOptions => ({
    permanent: read('PERMANENT') !== 'false',
    ...given(read, 'USER_AGENT', 'userAgent'),
  }),
  salesforce: (read): SalesforceOptions => ({
    sandbox: read('SANDBOX') === 'true',
    ...given(read, 'HOST', 'host'),
  }),
  slack(read): SlackOptions {
    const as = read('AS')
    if (as !== undefined && as !== 'user' && as !== 'bot') {
      throw new TypeError('set SLACK_OAUTH_AS to user or bot')
    }
    return { ...(as && { as }), ...given(read, 'TEAM', 'team') }
  },
  'slack-openid': (read): SlackOpenidOptions => given(read, 'TEAM', 'team'),
  trello(read): TrelloOptions {
    const expiration = read('EXPIRATION')
    if (expiration !== undefined && !isExpiration(expiration)) {
      throw new TypeError('set TRELLO_OAUTH_EXPIRATION to 1hour, 1day, 30days or never')
    }
    const scope = read('SCOPE')?.split(/[\s,]+/)
    if (scope && !scope.every(isTrelloScope)) {
      throw new TypeError('set TRELLO_OAUTH_SCOPE to some of read, write, account')
    }
    return {
      ...(scope && { scope }),
      ...(expiration && { expiration }),
      ...given(read, 'NAME', 'name'),
    }
  },
  twitch: (read): TwitchOptions => ({ clientId: read('CLIENT_ID') ?? '' }),
  // Which there are its check knows.
  zoho: (read) => given(read, 'DATA_CENTRE', 'dataCentre'),
}

/** The option of this name, where its variable is set. */
function given<Name extends string>(
  read: ReadVariable,
  member: string,
  name: Name,
): { readonly [Option in Name]?: string } {
  const value = read(member)
  return value === undefined ? {} : ({ [name]: value } as { readonly [Option in Name]: string })
}

function needed(read: ReadVariable, preset: string, member: string, what: string): string {
  const value = read(member)
  if (value === undefined) throw new TypeError(`set ${preset}_OAUTH_${member} to ${what}`)
  return value
}

const isExpiration = (text: string): text is NonNullable<TrelloOptions['expiration']> =>
  /^(1hour|1day|30days|never)$/.test(text)

const isTrelloScope = (text: string): text is NonNullable<TrelloOptions['scope']>[number] =>
  /^(read|write|account)$/.test(text)

const isVersion = (text: string): text is `v${number}.${number}` => /^v\d+\.\d+$/.test(text)

const camelCase = (id: string): string =>
  id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())

type Make = (options: object | undefined) => Provider

/**
 * Makes a preset, by the name of its file. A configuration file can use any other declaration.
 *
 * @returns undefined where there is none of this name
 * @throws TypeError with what to set, where an option is missing or wrong
 */
export async function loadPreset(name: string, read: ReadVariable): Promise<Provider | undefined> {
  if (!Object.hasOwn(files, name)) return undefined
  const preset: Readonly<Record<string, Make>> = { ...(await files[name]?.()) }
  return preset[camelCase(name)]?.(optionsOf[name]?.(read))
}
