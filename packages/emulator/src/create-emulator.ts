import type { Hono } from 'hono'
import type { EmulatorControl } from './control/types.ts'
import { counterparts } from './counterparts.ts'
import type { EmulatorOptions } from './options.ts'
import { createApp } from './serve/app.ts'
import { createWorld } from './world.ts'

/** All providers in one fetch handler. */
export interface Emulator {
  /** For a server, or to mount. Where a connection is to be dropped it answers `Response.error()`. */
  readonly app: Hono
  /** For tests, in place of the global `fetch`. Where a connection is to be dropped it rejects, as `fetch` does. */
  readonly fetch: (input: Request | URL | string, init?: RequestInit) => Promise<Response>
  readonly control: EmulatorControl
  /**
   * Whether a provider is emulated where a request goes: at an address below the emulator's own, or
   * at the provider's real one, such as `https://api.github.com/user`.
   */
  readonly emulates: (request: Request) => boolean
}

/**
 * Makes a local stand-in for every provider. It listens nowhere: see `startEmulator` for that.
 *
 * @throws TypeError with all that is wrong with the options, each with its fix
 */
export function createEmulator(options: EmulatorOptions): Emulator {
  const { app, control, emulates } = createApp(createWorld(options, counterparts))
  return {
    app,
    control,
    emulates,
    fetch: async (input, init) => {
      const response = await app.fetch(new Request(input, init))
      if (response.type === 'error') throw new TypeError('fetch failed: dropped by the emulator')
      return response
    },
  }
}
