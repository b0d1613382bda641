import { randomBytes } from 'node:crypto'
import { emulated } from '@spa-dance/emulator/emulated'
import type { EmulatorOptions, Registration } from '@spa-dance/emulator'
import type { ExchangeClient, ExchangeOptions } from '@spa-dance/exchange-server'
import { names, providers, type Name } from '../src/providers.ts'
import { register } from './registration.ts'
import type { Sites } from './sites.ts'

/** The callbacks of both pages; `{client}` stands for the client's name. */
const callbacks = ({ appUrl }: Sites): string[] => [
  `${appUrl}callback/{client}/`,
  `${appUrl}vanilla/callback/{client}/`,
]

/** What a person would register with each provider. */
export function emulatorOptions(sites: Sites): EmulatorOptions {
  const registrationOf = (name: Name): Registration => {
    const { provider } = providers[name]
    const app = { name: 'SPA-Dance demo' }
    return provider.route === 'exchange'
      ? {
          ...app,
          ...register(`demo-${name}`, provider).atProvider,
          redirectUris: [`${sites.exchangeUrl}/${name}/callback`],
        }
      : {
          ...app,
          clientId: `demo-${name}`,
          redirectUris: callbacks(sites).map((uri) => uri.replace('{client}', name)),
        }
  }
  return {
    url: sites.emulatorUrl,
    registrations: Object.fromEntries(names.map((name) => [name, [registrationOf(name)]])),
  }
}

/** What the exchange knows of each provider behind it, and only the exchange may know. */
function exchangeClients({ emulatorUrl }: Sites): Readonly<Record<string, ExchangeClient>> {
  const behind = names.filter((name) => providers[name].provider.route === 'exchange')
  return Object.fromEntries(
    behind.map((name) => {
      const { provider, more } = providers[name]
      const { atExchange } = register(`demo-${name}`, emulated(provider, emulatorUrl))
      const scopes = provider.protocol === 'oauth1' ? [] : (provider.scopes ?? [])
      // What a page may ask for beyond the scopes that it gets unasked.
      return [name, { ...atExchange, ...(more && { allowedScopes: [...scopes, more] }) }]
    }),
  )
}

/** The exchange of this app. The seal key lives as long as the demo does. */
export const exchangeOptions = (sites: Sites): ExchangeOptions => ({
  baseUrl: sites.exchangeUrl,
  apps: { spa: { redirectUris: callbacks(sites) } },
  clients: exchangeClients(sites),
  sealKeys: [`demo:${randomBytes(32).toString('base64url')}`],
})
