import type { Provider } from '@spa-dance/providers'

/** What a preset may read of the environment: `<NAME>_OAUTH_…`, without that beginning. */
export type ReadVariable = (member: string) => string | undefined

type Preset = (read: ReadVariable) => Promise<Provider>

/**
 * The presets that the environment alone can name, by the beginning of their variables in lower
 * case. Each is loaded when it is wanted. A configuration file can use any declaration.
 */
const presets: Readonly<Record<string, Preset>> = {
  async apple() {
    const { apple } = await import('@spa-dance/providers/apple')
    return apple()
  },
  async atlassian() {
    const { atlassian } = await import('@spa-dance/providers/atlassian')
    return atlassian()
  },
  async auth0(read) {
    const { auth0 } = await import('@spa-dance/providers/auth0')
    const audience = read('AUDIENCE')
    return auth0({
      domain: needed(read, 'AUTH0', 'DOMAIN', "your tenant's domain"),
      route: 'exchange',
      ...(audience !== undefined && { audience }),
    })
  },
  async azure(read) {
    const { azure } = await import('@spa-dance/providers/azure')
    const tenant = read('TENANT')
    return azure(tenant === undefined ? {} : { tenant })
  },
  async digitalocean() {
    const { digitalocean } = await import('@spa-dance/providers/digitalocean')
    return digitalocean()
  },
  async discord() {
    const { discord } = await import('@spa-dance/providers/discord')
    return discord()
  },
  async dropbox() {
    const { dropbox } = await import('@spa-dance/providers/dropbox')
    return dropbox()
  },
  async facebook(read) {
    const { facebook } = await import('@spa-dance/providers/facebook')
    const version = read('VERSION')
    if (version !== undefined && !isVersion(version)) {
      throw new TypeError('set FACEBOOK_OAUTH_VERSION to one like v25.0')
    }
    const longLived = read('LONG_LIVED') === 'true'
    return facebook({ longLived, ...(version && { version }) })
  },
  async github(read) {
    const { github } = await import('@spa-dance/providers/github')
    const host = read('HOST')
    return github(host === undefined ? {} : { host })
  },
  async gitlab(read) {
    const { gitlab } = await import('@spa-dance/providers/gitlab')
    const host = read('HOST')
    return gitlab(host === undefined ? {} : { host })
  },
  async google(read) {
    const { google } = await import('@spa-dance/providers/google')
    const hostedDomain = read('HOSTED_DOMAIN')
    const offline = read('OFFLINE') === 'true'
    return google({ offline, ...(hostedDomain !== undefined && { hostedDomain }) })
  },
  async heroku() {
    const { heroku } = await import('@spa-dance/providers/heroku')
    return heroku()
  },
  async jira(read) {
    const { jira } = await import('@spa-dance/providers/jira')
    return jira({ baseUrl: needed(read, 'JIRA', 'BASE_URL', 'where JIRA lives') })
  },
  async 'jira-data-center'(read) {
    const { jiraDataCenter } = await import('@spa-dance/providers/jira-data-center')
    const baseUrl = needed(read, 'JIRA_DATA_CENTER', 'BASE_URL', 'where Jira lives')
    return jiraDataCenter({ baseUrl })
  },
  async keycloak(read) {
    const { keycloak } = await import('@spa-dance/providers/keycloak')
    return keycloak({
      baseUrl: needed(read, 'KEYCLOAK', 'BASE_URL', 'where Keycloak lives'),
      realm: needed(read, 'KEYCLOAK', 'REALM', 'the name of the realm'),
      route: 'exchange',
    })
  },
  async notion() {
    const { notion } = await import('@spa-dance/providers/notion')
    return notion()
  },
  async linkedin() {
    const { linkedin } = await import('@spa-dance/providers/linkedin')
    return linkedin()
  },
  async nylas(read) {
    const { nylas } = await import('@spa-dance/providers/nylas')
    const region = read('REGION') ?? 'us'
    if (region !== 'us' && region !== 'eu')
      throw new TypeError('set NYLAS_OAUTH_REGION to us or eu')
    return nylas({ region })
  },
  async meetup() {
    const { meetup } = await import('@spa-dance/providers/meetup')
    return meetup()
  },
  async oidc(read) {
    const { oidc } = await import('@spa-dance/providers/oidc')
    return oidc({ issuer: needed(read, 'OIDC', 'ISSUER', 'its issuer'), route: 'exchange' })
  },
  async okta(read) {
    const { okta } = await import('@spa-dance/providers/okta')
    const authorizationServer = read('AUTHORIZATION_SERVER')
    return okta({
      domain: needed(read, 'OKTA', 'DOMAIN', "your org's domain"),
      route: 'exchange',
      ...(authorizationServer !== undefined && { authorizationServer }),
    })
  },
  async openstreetmap() {
    const { openstreetmap } = await import('@spa-dance/providers/openstreetmap')
    return openstreetmap()
  },
  async reddit(read) {
    const { reddit } = await import('@spa-dance/providers/reddit')
    const userAgent = read('USER_AGENT')
    const permanent = read('PERMANENT') !== 'false'
    return reddit({ permanent, ...(userAgent !== undefined && { userAgent }) })
  },
  async orcid(read) {
    const { orcid } = await import('@spa-dance/providers/orcid')
    return orcid({ sandbox: read('SANDBOX') === 'true' })
  },
  async slack(read) {
    const { slack } = await import('@spa-dance/providers/slack')
    const [as, team] = [read('AS'), read('TEAM')]
    if (as !== undefined && as !== 'user' && as !== 'bot') {
      throw new TypeError('set SLACK_OAUTH_AS to user or bot')
    }
    return slack({ ...(as && { as }), ...(team !== undefined && { team }) })
  },
  async 'slack-openid'(read) {
    const { slackOpenid } = await import('@spa-dance/providers/slack-openid')
    const team = read('TEAM')
    return slackOpenid(team === undefined ? {} : { team })
  },
  async spotify() {
    const { spotify } = await import('@spa-dance/providers/spotify')
    return spotify()
  },
  async strava() {
    const { strava } = await import('@spa-dance/providers/strava')
    return strava()
  },
  async twitch(read) {
    const { twitch } = await import('@spa-dance/providers/twitch')
    return twitch({ clientId: read('CLIENT_ID') ?? '' })
  },
  async twitter() {
    const { twitter } = await import('@spa-dance/providers/twitter')
    return twitter()
  },
  async x() {
    const { x } = await import('@spa-dance/providers/x')
    return x()
  },
}

function needed(read: ReadVariable, preset: string, member: string, what: string): string {
  const value = read(member)
  if (value === undefined) throw new TypeError(`set ${preset}_OAUTH_${member} to ${what}`)
  return value
}

const isVersion = (text: string): text is `v${number}.${number}` => /^v\d+\.\d+$/.test(text)

/** Their names, for messages. */
export const presetNames: readonly string[] = Object.keys(presets)

/**
 * Makes a preset.
 *
 * @returns undefined where there is none of this name
 * @throws TypeError with what to set, where an option is missing or wrong
 */
export async function loadPreset(name: string, read: ReadVariable): Promise<Provider | undefined> {
  return Object.hasOwn(presets, name) ? presets[name]?.(read) : undefined
}
