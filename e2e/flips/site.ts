import { randomBytes } from 'node:crypto'
import type { DanceClient } from '@spa-dance/browser-sdk'
import { createEmulator, type Emulator } from '@spa-dance/emulator'
import { createExchangeServer, type ExchangeClient } from '@spa-dance/exchange-server'
import type { Provider } from '@spa-dance/providers'
import { clientIdOf, type ProviderRow } from '../support/provider-table.ts'
import { exchangeClient, registrationsOf } from '../support/registrations.ts'
import type { Network } from './browser.ts'

export const origin = 'https://app.example.com'
export const exchangeUrl = 'https://auth.example.com'

/** The providers, at their real addresses. */
export interface Providers extends Emulator {
  /** How far theirs is ahead, in ms. */
  readonly clock: { ahead: number }
  /** What they were asked last, with whatever credential it had. */
  readonly asked: { last?: Request }
}

export function createProviders(): Providers {
  const clock = { ahead: 0 }
  const emulator = createEmulator({
    registrations: registrationsOf(origin, exchangeUrl),
    now: () => Date.now() + clock.ahead,
  })
  const asked: Providers['asked'] = {}
  return {
    ...emulator,
    clock,
    asked,
    fetch: (input, init) => {
      const request = new Request(input, init)
      asked.last = request.clone()
      return emulator.fetch(request)
    },
  }
}

/** What may be asked for is what the declaration asks for, and what a run does. */
function clientOf({ id, asks = [] }: ProviderRow, provider: Provider): ExchangeClient {
  const client = exchangeClient(id, provider)
  if (provider.protocol === 'oauth1') return client
  return { ...client, allowedScopes: [...new Set([...(provider.scopes ?? []), ...asks])] }
}

/** What the page says of its client. */
export function danceClient(id: string, provider: Provider): DanceClient {
  if (provider.protocol === 'oauth1') return { provider }
  return provider.route === 'direct' ? { provider, clientId: clientIdOf(id) } : { provider }
}

const sealKeys = [`k1:${randomBytes(32).toString('base64url')}`]

/** Everything that a page can reach: the providers, and an exchange for one of them. */
export function networkFor(row: ProviderRow, provider: Provider, emulator: Emulator): Network {
  if (provider.route === 'direct') return (request) => emulator.fetch(request)
  const exchange = createExchangeServer({
    baseUrl: exchangeUrl,
    sealKeys,
    apps: { spa: { redirectUris: [`${origin}/callback/{client}`] } },
    clients: { [row.id]: clientOf(row, provider) },
    fetch: (url, init) => emulator.fetch(url, init),
  })
  return async (request) =>
    new URL(request.url).origin === exchangeUrl ? exchange.fetch(request) : emulator.fetch(request)
}
