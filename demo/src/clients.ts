import type { DanceClient } from '@spa-dance/browser-sdk'
import { emulated } from '@spa-dance/emulator/emulated'
import { names, providers, type Name } from './providers.ts'

function clientOf(name: Name): DanceClient {
  const { provider, scopes } = providers[name]
  // Points the declaration at this machine. Take it away, and the dance is with the real provider.
  const here = emulated(provider, import.meta.env.VITE_EMULATOR_URL)
  if (here.protocol === 'oauth1') return { provider: here }
  return {
    provider: here,
    // Behind the exchange it is the exchange that knows the app.
    ...(here.route === 'direct' && { clientId: `demo-${name}` }),
    ...(scopes && { scopes }),
  }
}

/** What both pages sign in to. An app of a few providers writes them out: `{ provider, clientId }`. */
export const clients = Object.fromEntries(names.map((name) => [name, clientOf(name)])) as Readonly<
  Record<Name, DanceClient>
>

export const exchange = import.meta.env.VITE_EXCHANGE_URL
