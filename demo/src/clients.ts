import type { DanceClient } from '@spa-dance/browser-sdk'
import type { Provider } from '@spa-dance/providers'
import { emulated } from '@spa-dance/emulator/emulated'
import { azure } from '@spa-dance/providers/azure'
import { discord } from '@spa-dance/providers/discord'
import { dropbox } from '@spa-dance/providers/dropbox'
import { facebook } from '@spa-dance/providers/facebook'
import { github } from '@spa-dance/providers/github'
import { gitlab } from '@spa-dance/providers/gitlab'
import { google } from '@spa-dance/providers/google'
import { jira } from '@spa-dance/providers/jira'
import { spotify } from '@spa-dance/providers/spotify'
import { twitter } from '@spa-dance/providers/twitter'
import { x } from '@spa-dance/providers/x'
import type { Name } from './names.ts'

/** Points a declaration at this machine. Take it away, and the dance is with the real provider. */
const here = <P extends Provider>(provider: P): P =>
  emulated(provider, import.meta.env.VITE_EMULATOR_URL)

/** What both pages sign in to. Where there is no client id, the exchange knows the rest. */
export const clients = {
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
  spotify: { provider: here(spotify()), clientId: 'demo-spotify' },
  twitter: { provider: here(twitter()) },
  x: { provider: here(x()) },
} satisfies Record<Name, DanceClient>

export const exchange = import.meta.env.VITE_EXCHANGE_URL
