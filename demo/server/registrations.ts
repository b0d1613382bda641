import { randomBytes } from 'node:crypto'
import { emulated } from '@spa-dance/emulator/emulated'
import type { EmulatorOptions } from '@spa-dance/emulator'
import type { ExchangeOptions } from '@spa-dance/exchange-server'
import { github } from '@spa-dance/providers/github'
import { twitter } from '@spa-dance/providers/twitter'
import type { Sites } from './sites.ts'

const name = 'SPA-Dance demo'
const atGitHub = { clientId: 'demo-github', clientSecret: 'demo-github-secret' }
const atTwitter = { clientId: 'demo-twitter-key', clientSecret: 'demo-twitter-secret' }

/** The callbacks of both pages; `{client}` stands for the client's name. */
const callbacks = ({ appUrl }: Sites): string[] => [
  `${appUrl}callback/{client}/`,
  `${appUrl}vanilla/callback/{client}/`,
]

/** What a person would register with each provider, at its developer pages. */
export const emulatorOptions = (sites: Sites): EmulatorOptions => ({
  url: sites.emulatorUrl,
  registrations: {
    github: [{ name, ...atGitHub, redirectUris: [`${sites.exchangeUrl}/github/callback`] }],
    twitter: [{ name, ...atTwitter, redirectUris: [`${sites.exchangeUrl}/twitter/callback`] }],
    discord: [
      {
        name,
        clientId: 'demo-discord',
        redirectUris: callbacks(sites).map((uri) => uri.replace('{client}', 'discord')),
      },
    ],
  },
})

/** The exchange of this app. The seal key lives as long as the demo does. */
export const exchangeOptions = (sites: Sites): ExchangeOptions => ({
  baseUrl: sites.exchangeUrl,
  apps: { spa: { redirectUris: callbacks(sites) } },
  clients: {
    github: { provider: emulated(github(), sites.emulatorUrl), ...atGitHub },
    twitter: {
      provider: emulated(twitter(), sites.emulatorUrl),
      consumerKey: atTwitter.clientId,
      consumerSecret: atTwitter.clientSecret,
    },
  },
  sealKeys: [`demo:${randomBytes(32).toString('base64url')}`],
})
