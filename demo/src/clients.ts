import { emulated } from '@spa-dance/emulator/emulated'
import { discord } from '@spa-dance/providers/discord'
import { github } from '@spa-dance/providers/github'
import { twitter } from '@spa-dance/providers/twitter'

/** `emulated` points a declaration at this machine. Take it away, and the dance is with the real provider. */
const emulator = import.meta.env.VITE_EMULATOR_URL

/** What both pages sign in to: the exchange knows the rest of GitHub and Twitter. */
export const clients = {
  github: { provider: emulated(github(), emulator) },
  twitter: { provider: emulated(twitter(), emulator) },
  discord: {
    provider: emulated(discord(), emulator),
    clientId: 'demo-discord',
    scopes: ['identify', 'email'],
  },
}

export const exchange = import.meta.env.VITE_EXCHANGE_URL
