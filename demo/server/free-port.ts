import { createServer } from 'node:net'

/**
 * The port wished for, or one that the system chooses if that is taken.
 *
 * Both loopback addresses are tried: a browser may take `app.localhost` for either.
 */
export async function freePort(wish: number): Promise<number> {
  if (wish !== 0 && (await isFree(wish, '127.0.0.1')) && (await isFree(wish, '::1'))) return wish
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

const isFree = (port: number, host: string): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
      // A machine without IPv6 has nobody there either.
      .once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'EADDRNOTAVAIL'))
      .listen(port, host, () => server.close(() => resolve(true)))
  })
