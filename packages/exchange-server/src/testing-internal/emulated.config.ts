import { emulated } from '@spa-dance/emulator/emulated'
import { github } from '@spa-dance/providers/github'
import { twitter } from '@spa-dance/providers/twitter'
import type { ExchangeOptions } from '../types.ts'

const { EMULATOR_URL = '', DANCE_BASE_URL: baseUrl = '' } = process.env

/** For processes of the CLI: two providers of the emulator at `EMULATOR_URL`. */
const options: Omit<ExchangeOptions, 'sealKeys'> = {
  baseUrl,
  apps: { spa: { redirectUris: ['http://app.localhost:7777/callback/{client}'] } },
  clients: {
    github: {
      provider: emulated(github(), EMULATOR_URL),
      clientId: 'hub',
      clientSecret: 'hub-secret',
    },
    twitter: {
      provider: emulated(twitter(), EMULATOR_URL),
      consumerKey: 'bird',
      consumerSecret: 'bird-secret',
    },
  },
}
export default options
