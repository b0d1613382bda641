import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The way from an exchange to the emulator. */
export interface Gateway {
  readonly url: string
  /** Sends what comes on to this port of this machine. */
  lead(port: number): void
  /**
   * Keeps the next request to a path back.
   *
   * @returns once it is there: what lets it go on
   */
  hold(path: string): Promise<() => void>
  close(): Promise<void>
}

/**
 * Starts a gateway, which is a forward proxy as well: for runtimes that can't resolve `*.localhost`
 * (RFC 6761 §6.3) and ask `HTTP_PROXY` instead.
 */
export async function startGateway(): Promise<Gateway> {
  let port = 0
  const held = new Map<string, (go: () => void) => void>()
  const server = createServer((incoming, outgoing) => {
    const { host, pathname, search } = new URL(
      incoming.url ?? '/',
      `http://${incoming.headers.host}`,
    )
    const { method, headers } = incoming
    const pass = (): void => {
      const to = { host: '127.0.0.1', port, method, path: pathname + search, agent: false }
      const sent = request({ ...to, headers: { ...headers, host } }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(outgoing)
      })
      sent.on('error', () => outgoing.destroy())
      incoming.pipe(sent)
    }
    const there = held.get(pathname)
    if (!there) return pass()
    held.delete(pathname)
    there(pass)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    lead: (to) => void (port = to),
    hold: (path) => new Promise((resolve) => held.set(path, resolve)),
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      return closed
    },
  }
}
