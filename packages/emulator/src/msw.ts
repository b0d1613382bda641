import { http, type HttpHandler } from 'msw'
import type { Emulator } from './create-emulator.ts'

export { createEmulator, type Emulator } from './create-emulator.ts'
export type { EmulatorOptions, Registration } from './options.ts'

/**
 * Lets an emulator answer inside tests, by Mock Service Worker: in Node with `setupServer`, in a page
 * with `setupWorker`. It answers at the providers' real addresses, so that nothing has to be pointed
 * elsewhere, and at its own (`emulated()`). Whatever it does not emulate is left to other handlers.
 *
 * @param emulator by `createEmulator`, with the apps that the providers are to know
 * @returns handlers for `setupServer` or `setupWorker`
 */
export function emulatorHandlers(emulator: Pick<Emulator, 'app' | 'emulates'>): HttpHandler[] {
  return [
    http.all('*', ({ request }) =>
      emulator.emulates(request) ? emulator.app.fetch(request) : undefined,
    ),
  ]
}
