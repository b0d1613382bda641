import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server of Node on a port that the system chose, still without a handler. */
export async function listen(): Promise<{
  http: Server
  port: number
  close: () => Promise<void>
}> {
  const http = createServer()
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo
  const close = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => http.close(() => resolve()))
    http.closeAllConnections()
    await closed
  }
  return { http, port, close }
}

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const { port, close } = await listen()
  await close()
  return port
}
