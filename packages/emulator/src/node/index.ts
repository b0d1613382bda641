/// <reference types="node" />
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { EmulatorControl } from '../control/types.ts'
import { createEmulator } from '../create-emulator.ts'
import type { EmulatorOptions } from '../options.ts'

export interface StartOptions extends Omit<EmulatorOptions, 'url'> {
  /** 0 for any that is free. */
  readonly port: number
  /** The address to listen on. @default '127.0.0.1' */
  readonly host?: string
  /** @default `http://localhost:<port>` */
  readonly url?: string
}

export interface RunningEmulator {
  readonly url: string
  readonly port: number
  readonly control: EmulatorControl
  /** Stops listening and ends every connection. */
  readonly close: () => Promise<void>
}

/**
 * Starts the emulator as an HTTP server.
 *
 * @throws TypeError for options that can't work; Node's own error where the port can't be had
 */
export async function startEmulator(options: StartOptions): Promise<RunningEmulator> {
  let answer = (_request: Request): Response | Promise<Response> =>
    new Response(null, { status: 503 })
  const server = createAdaptorServer({
    fetch: async (request, { incoming }) => {
      const response = await answer(request)
      if (response.type !== 'error') return response
      incoming.socket.destroy()
      return RESPONSE_ALREADY_SENT
    },
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host ?? '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      if ('closeAllConnections' in server) server.closeAllConnections()
    })
  const url = options.url ?? `http://localhost:${port}`
  try {
    const { app, control } = createEmulator({ ...options, url })
    answer = (request) => app.fetch(request)
    return { url, port, control, close }
  } catch (error) {
    await close()
    throw error
  }
}
