export type {
  Authorization,
  ClientAuth,
  Hooks,
  OAuth1Provider,
  OAuth2Provider,
  OidcProvider,
  OpenId,
  Params,
  Profile,
  ProfileMembers,
  ProfileRequest,
  Provider,
  ProviderApi,
  ResolvedProvider,
  Revocation,
  Route,
  SignatureMethod,
  TokenEndpoint,
} from './types.ts'
export { custom } from './presets/custom.ts'
export { oidc, type OidcOptions } from './presets/oidc.ts'
export { discord, type DiscordOptions } from './presets/discord.ts'
export { github, type GitHubOptions } from './presets/github.ts'
export { twitter, type TwitterOptions } from './presets/twitter.ts'
export { x, type XOptions } from './presets/x.ts'
export { jira, type JiraOptions } from './presets/jira.ts'
export { dropbox, type DropboxOptions } from './presets/dropbox.ts'
export { gitlab, type GitLabOptions } from './presets/gitlab.ts'
export { google, type GoogleOptions } from './presets/google.ts'
export { spotify, type SpotifyOptions } from './presets/spotify.ts'
export { facebook, type FacebookOptions } from './presets/facebook.ts'
export { azure, type AzureOptions } from './presets/azure.ts'
export { nylas, type NylasOptions } from './presets/nylas.ts'
export { jiraDataCenter, type JiraDataCenterOptions } from './presets/jira-data-center.ts'
export { auth0, type Auth0Options } from './presets/auth0.ts'
export { okta, type OktaOptions } from './presets/okta.ts'
export { keycloak, type KeycloakOptions } from './presets/keycloak.ts'
export { meetup } from './presets/meetup.ts'
export { slack, type SlackOptions } from './presets/slack.ts'
export { slackOpenid, type SlackOpenidOptions } from './presets/slack-openid.ts'
export { notion, type NotionOptions } from './presets/notion.ts'
export { reddit, type RedditOptions } from './presets/reddit.ts'
export { twitch, type TwitchOptions } from './presets/twitch.ts'
export { strava, type StravaOptions } from './presets/strava.ts'
export { openstreetmap } from './presets/openstreetmap.ts'
export { heroku, type HerokuOptions } from './presets/heroku.ts'
export { digitalocean } from './presets/digitalocean.ts'
export { apple } from './presets/apple.ts'
export { atlassian, type AtlassianOptions } from './presets/atlassian.ts'
export { linkedin } from './presets/linkedin.ts'
export { orcid, type OrcidOptions } from './presets/orcid.ts'
