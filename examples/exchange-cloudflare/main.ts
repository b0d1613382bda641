import { env, waitUntil } from 'cloudflare:workers'
import { createExchangeServer } from '@spa-dance/exchange-server'
import { github } from '@spa-dance/providers/github'
import { twitter } from '@spa-dance/providers/twitter'

const app = createExchangeServer({
  baseUrl: env.DANCE_BASE_URL,
  apps: { spa: { redirectUris: env.DANCE_REDIRECT_URIS.split(',') } },
  clients: {
    github: {
      provider: github(),
      clientId: env.GITHUB_OAUTH_CLIENT_ID,
      clientSecret: env.GITHUB_OAUTH_CLIENT_SECRET,
    },
    twitter: {
      provider: twitter(),
      consumerKey: env.TWITTER_OAUTH_API_KEY,
      consumerSecret: env.TWITTER_OAUTH_API_SECRET,
    },
  },
  sealKeys: env.DANCE_SEAL_KEYS.split(','),
  waitUntil,
})

export default app
