import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { emulated } from '@spa-dance/emulator/emulated'
import type { EmulatorOptions, Registration } from '@spa-dance/emulator'
import type { ExchangeClient, ExchangeOptions } from '@spa-dance/exchange-server'
import type { Provider } from '@spa-dance/providers'
import { facebook } from '@spa-dance/providers/facebook'
import { github } from '@spa-dance/providers/github'
import { google } from '@spa-dance/providers/google'
import { jira } from '@spa-dance/providers/jira'
import { jiraDataCenter } from '@spa-dance/providers/jira-data-center'
import { nylas } from '@spa-dance/providers/nylas'
import { meetup } from '@spa-dance/providers/meetup'
import { slack } from '@spa-dance/providers/slack'
import { slackOpenid } from '@spa-dance/providers/slack-openid'
import { twitter } from '@spa-dance/providers/twitter'
import { x } from '@spa-dance/providers/x'
import { names, type Name } from '../src/names.ts'
import type { Sites } from './sites.ts'

// JIRA knows an app by its key pair. This one lives as long as the demo does.
const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})

const secretOf = (name: Name) => ({
  clientId: `demo-${name}`,
  clientSecret: `demo-${name}-secret`,
})

/** The providers behind the exchange, each with what only the exchange may know. */
const exchangeClients = ({ emulatorUrl }: Sites) => {
  const here = <P extends Provider>(provider: P): P => emulated(provider, emulatorUrl)
  return {
    facebook: { provider: here(facebook()), ...secretOf('facebook') },
    github: {
      provider: here(github()),
      ...secretOf('github'),
      // What a page may ask for beyond the scopes that it gets unasked.
      allowedScopes: ['read:user', 'user:email', 'gist'],
    },
    google: {
      // A refresh token comes with a consent only, so it is asked for each time.
      provider: here(google({ offline: true, repromptConsent: true })),
      ...secretOf('google'),
    },
    jira: {
      provider: here(jira({ baseUrl: 'https://jira.example.com/' })),
      consumerKey: 'demo-jira',
      privateKey,
    },
    'jira-data-center': {
      provider: here(jiraDataCenter({ baseUrl: 'https://jira.example.com/' })),
      ...secretOf('jira-data-center'),
    },
    nylas: { provider: here(nylas()), ...secretOf('nylas') },
    meetup: { provider: here(meetup()), ...secretOf('meetup') },
    slack: { provider: here(slack()), ...secretOf('slack') },
    'slack-openid': { provider: here(slackOpenid()), ...secretOf('slack-openid') },
    twitter: {
      provider: here(twitter()),
      consumerKey: 'demo-twitter-key',
      consumerSecret: 'demo-twitter-secret',
    },
    x: { provider: here(x()), ...secretOf('x') },
  } satisfies { readonly [Client in Name]?: ExchangeClient }
}

/** The callbacks of both pages; `{client}` stands for the client's name. */
const callbacks = ({ appUrl }: Sites): string[] => [
  `${appUrl}callback/{client}/`,
  `${appUrl}vanilla/callback/{client}/`,
]

/** What a provider is told of the app, at its developer pages. */
function credentialsOf(
  name: Name,
  client: ExchangeClient | undefined,
): Omit<Registration, 'redirectUris'> {
  if (client === undefined) return { clientId: `demo-${name}` }
  if ('privateKey' in client) return { clientId: client.consumerKey, publicKey }
  if ('consumerKey' in client) {
    return { clientId: client.consumerKey, clientSecret: client.consumerSecret }
  }
  return secretOf(name)
}

/** What a person would register with each provider. */
export function emulatorOptions(sites: Sites): EmulatorOptions {
  const behind: { readonly [Client in Name]?: ExchangeClient } = exchangeClients(sites)
  const registrationOf = (name: Name): Registration => ({
    name: 'SPA-Dance demo',
    ...credentialsOf(name, behind[name]),
    redirectUris: behind[name]
      ? [`${sites.exchangeUrl}/${name}/callback`]
      : callbacks(sites).map((uri) => uri.replace('{client}', name)),
  })
  return {
    url: sites.emulatorUrl,
    registrations: Object.fromEntries(names.map((name) => [name, [registrationOf(name)]])),
  }
}

/** The exchange of this app. The seal key lives as long as the demo does. */
export const exchangeOptions = (sites: Sites): ExchangeOptions => ({
  baseUrl: sites.exchangeUrl,
  apps: { spa: { redirectUris: callbacks(sites) } },
  clients: exchangeClients(sites),
  sealKeys: [`demo:${randomBytes(32).toString('base64url')}`],
})
