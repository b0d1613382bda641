import type { Counterpart } from '../counterpart.ts'
import { notion } from './notion.ts'
import { reddit } from './reddit.ts'
import { twitch } from './twitch.ts'
import { strava } from './strava.ts'
import { openstreetmap } from './openstreetmap.ts'
import { heroku } from './heroku.ts'
import { digitalocean } from './digitalocean.ts'
import { apple } from './apple.ts'
import { atlassian } from './atlassian.ts'
import { auth0 } from './auth0.ts'
import { azure } from './azure.ts'
import { discord } from './discord.ts'
import { dropbox } from './dropbox.ts'
import { facebook } from './facebook.ts'
import { github } from './github.ts'
import { gitlab } from './gitlab.ts'
import { google } from './google.ts'
import { jira } from './jira.ts'
import { jiraDataCenter } from './jira-data-center.ts'
import { keycloak } from './keycloak.ts'
import { nylas } from './nylas.ts'
import { okta } from './okta.ts'
import { linkedin } from './linkedin.ts'
import { meetup } from './meetup.ts'
import { slackOpenid } from './slack-openid.ts'
import { orcid } from './orcid.ts'
import { slack } from './slack.ts'
import { spotify } from './spotify.ts'
import { twitter } from './twitter.ts'
import { x } from './x.ts'

export const counterparts: readonly Counterpart[] = [
  github,
  twitter,
  discord,
  x,
  jira,
  jiraDataCenter,
  facebook,
  azure,
  dropbox,
  gitlab,
  google,
  nylas,
  spotify,
  apple,
  atlassian,
  linkedin,
  orcid,
  auth0,
  okta,
  keycloak,
  slack,
  slackOpenid,
  meetup,
  notion,
  reddit,
  twitch,
  strava,
  openstreetmap,
  heroku,
  digitalocean,
]
