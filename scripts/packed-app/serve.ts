import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createServer as createSocket } from 'node:net'
import { extname, join, normalize } from 'node:path'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
}

/** A plain file server: no rewrites, an `index.html` for a folder. */
export function serveFolder(folder: string, port: number): Promise<Server> {
  const server = createServer(({ url = '/' }, reply) => {
    const path = normalize(new URL(url, 'http://localhost').pathname)
    const file = join(folder, path.endsWith('/') ? `${path}index.html` : path)
    try {
      const content = readFileSync(file)
      reply.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'application/octet-stream' })
      reply.end(content)
    } catch {
      reply.writeHead(404).end()
    }
  })
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () => resolve(server))
  })
}

/** Ports that were free a moment ago, for programs that must know each other's beforehand. */
export async function freePorts(count: number): Promise<number[]> {
  const sockets = Array.from({ length: count }, () => createSocket())
  const ports = await Promise.all(
    sockets.map(
      (socket) =>
        new Promise<number>((resolve) => {
          socket.listen(0, '127.0.0.1', () => {
            const address = socket.address()
            resolve(typeof address === 'object' && address ? address.port : 0)
          })
        }),
    ),
  )
  await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.close(resolve))))
  return ports
}
