import { createDance } from '@spa-dance/browser-sdk'
import { emulated } from '@spa-dance/emulator/emulated'
import { github } from '@spa-dance/providers/github'

export const dance = createDance({
  exchange: import.meta.env['VITE_EXCHANGE_URL'],
  redirectUri: `${location.origin}/callback/{client}/`,
  clients: { github: { provider: emulated(github(), import.meta.env['VITE_EMULATOR_URL']) } },
})

declare module '@spa-dance/react' {
  interface Register {
    dance: typeof dance
  }
}
