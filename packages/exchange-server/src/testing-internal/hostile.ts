import { createServer, type AddressInfo, type Socket } from 'node:net'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

/** In everything that a hostile answer says: none of it may reach a page. */
export const canary = 'CANARY-OF-THE-PROVIDER'

/** What a provider can do to its caller, once the request has arrived. */
export type Fault = (socket: Socket) => void

const head = (...lines: readonly string[]): string =>
  ['HTTP/1.1 200 OK', `X-Evil: ${canary}`, 'Content-Type: application/json', ...lines, '', ''].join(
    '\r\n',
  )
const whole = (body: string | Uint8Array, ...lines: readonly string[]): Fault => {
  const bytes = Buffer.from(body)
  return (socket) => {
    socket.write(head(`Content-Length: ${bytes.length}`, ...lines))
    socket.write(bytes)
  }
}
const says = (text: string): Fault => {
  return (socket) => void socket.write(text)
}

/** Writes for ever, as fast as it is read. */
const forever =
  (start: string, chunk: string): Fault =>
  (socket) => {
    socket.write(start)
    const more = (): void => {
      while (socket.writable && socket.write(chunk));
    }
    socket.on('drain', more)
    more()
  }

const zeros = new Uint8Array(100_000_000)
const quickly = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }
let bombs: { readonly gzip: Uint8Array; readonly brotli: Uint8Array } | undefined
const bomb = (kind: 'gzip' | 'brotli', encoding: string): Fault => {
  return (socket) => {
    bombs ??= { gzip: gzipSync(zeros), brotli: brotliCompressSync(zeros, quickly) }
    whole(bombs[kind], `Content-Encoding: ${encoding}`)(socket)
  }
}

const breaking =
  (framing: string): Fault =>
  (socket) => {
    socket.write(head(framing))
    socket.end(`17\r\n{"access_token":"${canary}`)
  }

const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`

export const faults = {
  resets: (socket) => void socket.resetAndDestroy(),
  'closes without a word': (socket) => void socket.end(),
  hangs: () => {},
  drips(socket) {
    socket.write(head('Transfer-Encoding: chunked'))
    const drip = setInterval(() => socket.write('1\r\nx\r\n'), 50)
    socket.on('close', () => clearInterval(drip))
  },
  'never ends': forever(head('Transfer-Encoding: chunked'), chunk),
  'sends a gzip bomb': bomb('gzip', 'gzip'),
  'sends a brotli bomb': bomb('brotli', 'br'),
  'sends broken gzip': whole(`${canary} is no gzip`, 'Content-Encoding: gzip'),
  'answers in HTML': whole(`<script>alert("${canary}")</script>`, 'Content-Type: text/html'),
  'answers nothing': whole(''),
  'breaks off': breaking('Content-Length: 1000'),
  'breaks off a long answer': breaking('Content-Length: 10000000'),
  'breaks off between chunks': breaking('Transfer-Encoding: chunked'),
  redirects: says(
    `HTTP/1.1 307 Go\r\nLocation: http://evil.localhost/${canary}\r\nContent-Length: 0\r\n\r\n`,
  ),
  'sets cookies': whole(
    '{"access_token":"at","token_type":"bearer","ok":true}',
    `Set-Cookie: sid=${canary}`,
    `Set-Cookie: __Host-dance-flow-x=${canary}; Path=/; Secure`,
    'Access-Control-Allow-Origin: *',
    'Access-Control-Allow-Credentials: true',
    `Clear-Site-Data: "*"`,
    `Refresh: 0; url=${canary}`,
    `Location: https://evil.localhost/${canary}`,
    `X-Request-Id: ${canary}`,
  ),
  'announces two lengths': says(head('Content-Length: 2', 'Content-Length: 3') + '{} '),
  'announces a length and chunks': says(
    head('Content-Length: 2', 'Transfer-Encoding: chunked') + '2\r\n{}\r\n0\r\n\r\n',
  ),
  'folds a header over lines': says(
    head(`X-Folded: a\r\n Set-Cookie: ${canary}=1`, 'Content-Length: 2', `\x00: x`) + '{}',
  ),
  'sends a header without end': forever('HTTP/1.1 200 OK\r\nX-Long: ', 'x'.repeat(65_536)),
  'sends headers without end': forever('HTTP/1.1 200 OK\r\n', `X-Many: ${canary}\r\n`),
  'sends interim answers without end'(socket) {
    const more = setInterval(() => socket.write('HTTP/1.1 103 Early Hints\r\n\r\n'), 5)
    socket.on('close', () => clearInterval(more))
  },
  'answers with a status that there is not': says('HTTP/1.1 999 No\r\nContent-Length: 0\r\n\r\n'),
  'speaks no HTTP': says(`220 ${canary} ESMTP\r\n`),
} satisfies Readonly<Record<string, Fault>>

/** A provider on a socket of its own, that answers byte for byte what it is told. */
export interface Hostile {
  readonly port: number
  /** The requests as they came: everything to the end of the body. */
  readonly seen: string[]
  /** Connections that a fault has left open. */
  faulty(): number
  /** Bytes that a fault has written so far. */
  written(): number
  /** What to do for the paths that end so; the rest is answered well. */
  fault: { readonly path: string; readonly act: Fault } | undefined
  close(): Promise<void>
}

/** @param answer the good answer to a method and path, JSON or a form */
export async function hostile(answer: (target: string) => string): Promise<Hostile> {
  const sockets = new Set<Socket>()
  const spoiled = new Set<Socket>()
  const seen: string[] = []
  const provider: Hostile = {
    get port() {
      return (server.address() as AddressInfo).port
    },
    seen,
    faulty: () => [...spoiled].filter((socket) => !socket.destroyed).length,
    written: () =>
      [...spoiled].reduce((sum, socket) => sum + socket.bytesWritten - socket.writableLength, 0),
    fault: undefined,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((closed) => server.close(closed))
    },
  }
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => {})
    let text = ''
    socket.on('data', (data) => {
      text += data.toString('latin1')
      const [top, body] = text.split(/\r\n\r\n(.*)/s)
      const length = Number(/^content-length: (\d+)/im.exec(top ?? '')?.[1] ?? 0)
      if (body === undefined || body.length < length) return
      seen.push(text)
      text = ''
      const path = /^\w+ ([^ ?]*)/.exec(top ?? '')?.[1] ?? ''
      const { fault } = provider
      if (fault && path.endsWith(fault.path)) {
        spoiled.add(socket)
        fault.act(socket)
      } else whole(answer(path))(socket)
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return provider
}
