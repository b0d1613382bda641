import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A round robin before some instances. */
export interface Balancer {
  readonly port: number
  /** Where the requests go, in turn. One that can't be reached is passed over. */
  use(ports: readonly number[]): void
  /** How many requests had no answer, because the instance that had them ended. */
  lost(): number
  close(): Promise<void>
}

/** Starts a balancer that knows as much of the exchange as any: bytes in, bytes out. */
export async function startBalancer(): Promise<Balancer> {
  let ports: readonly number[] = []
  let turn = 0
  let lost = 0
  const pass = (
    incoming: IncomingMessage,
    body: Buffer,
    outgoing: ServerResponse,
    at: number,
    left = ports.length - 1,
  ): void => {
    const port = ports[at % ports.length]
    const { method, url, headers } = incoming
    // A connection of its own: a kept one may end just when it is used again.
    const to = { host: '127.0.0.1', port, method, path: url, headers, agent: false }
    const sent = request(to, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
      answer.on('error', () => {
        lost++
        outgoing.destroy()
      })
    })
    sent.on('error', (error: NodeJS.ErrnoException) => {
      // Only what never arrived may be sent to another.
      if (error.code === 'ECONNREFUSED' && left > 0) {
        pass(incoming, body, outgoing, at + 1, left - 1)
      } else {
        lost++
        outgoing.writeHead(502).end()
      }
    })
    sent.end(body)
  }
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => pass(incoming, Buffer.concat(chunks), outgoing, turn++))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    port: (server.address() as AddressInfo).port,
    use: (backends) => void (ports = backends),
    lost: () => lost,
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      return closed
    },
  }
}
