import { createExchangeServer } from '@spa-dance/exchange-server'
import { github } from '@spa-dance/providers/github'
import { twitter } from '@spa-dance/providers/twitter'

const variable = (name: string): string => Bun.env[name] ?? ''

const app = createExchangeServer({
  baseUrl: variable('DANCE_BASE_URL'),
  apps: { spa: { redirectUris: variable('DANCE_REDIRECT_URIS').split(',') } },
  clients: {
    github: {
      provider: github(),
      clientId: variable('GITHUB_OAUTH_CLIENT_ID'),
      clientSecret: variable('GITHUB_OAUTH_CLIENT_SECRET'),
    },
    twitter: {
      provider: twitter(),
      consumerKey: variable('TWITTER_OAUTH_API_KEY'),
      consumerSecret: variable('TWITTER_OAUTH_API_SECRET'),
    },
  },
  sealKeys: variable('DANCE_SEAL_KEYS').split(','),
})

const port = Number(variable('PORT') || 8787)
Bun.serve({ port, hostname: '127.0.0.1', fetch: (request) => app.fetch(request) })
