import type { Server, ServerResponse } from 'node:http'

/** Milliseconds that running requests have to end in. */
const patience = 10_000

/**
 * Makes a server that can be stopped without anybody noticing: it takes no new connection, tells
 * those that are kept alive to go elsewhere, and lets what runs end for up to 10 seconds.
 */
export function stoppable(server: Server): () => Promise<void> {
  const running = new Set<ServerResponse>()
  const sendAway = (response: ServerResponse): void => {
    if (!response.headersSent) response.setHeader('Connection', 'close')
  }
  server.prependListener('request', (_request, response: ServerResponse) => {
    running.add(response)
    response.on('close', () => running.delete(response))
    if (!server.listening) sendAway(response)
  })
  return () =>
    new Promise((resolve) => {
      // A connection whose answer had begun is idle after it, and nobody tells.
      const sweep = setInterval(() => server.closeIdleConnections(), 50)
      const force = setTimeout(() => server.closeAllConnections(), patience)
      server.close(() => {
        clearInterval(sweep)
        clearTimeout(force)
        resolve()
      })
      running.forEach(sendAway)
      server.closeIdleConnections()
    })
}
