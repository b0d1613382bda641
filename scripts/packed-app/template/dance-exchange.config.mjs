import { emulated } from '@spa-dance/emulator/emulated'
import { github } from '@spa-dance/providers/github'

// All else comes from the environment: addresses, credentials, the seal key.
export default {
  clients: { github: { provider: emulated(github(), process.env.VITE_EMULATOR_URL) } },
}
