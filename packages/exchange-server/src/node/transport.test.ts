import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer, text } from 'node:stream/consumers'
import { setImmediate as turn } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { TransportAnswer } from '../types.ts'
import { nodeTransport } from './transport.ts'

type Handle = (request: IncomingMessage, response: ServerResponse) => void

let server: Server
let url: string
let handle: Handle
let connections = 0
const { fetch, close } = nodeTransport({ loopback: true })

beforeAll(async () => {
  server = createServer((request, response) => handle(request, response))
  server.on('connection', () => (connections += 1))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  url = `http://api.localhost:${(server.address() as AddressInfo).port}/`
})
afterAll(async () => {
  await close()
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
})

const textOf = async ({ body }: TransportAnswer): Promise<string> => (body ? text(body) : '')

it('sends what it is given, and gives back status, headers and body', async () => {
  handle = (request, response) => {
    void buffer(request).then((body) => {
      response.writeHead(404, { 'x-one': ['a', 'b'], 'x-two': '' })
      response.end(
        `${request.method} ${request.url} ${String(request.headers['x-in'])} ${body.toString()}`,
      )
    })
  }
  const init = { method: 'PUT', headers: { 'x-in': 'in' }, body: new Uint8Array([104, 105]) }
  const answer = await fetch(`${url}a%20b?c=d`, init)
  expect(answer.status).toBe(404)
  expect(answer.headers.get('x-one')).toBe('a, b')
  expect(answer.headers.get('x-two')).toBe('')
  expect(answer.headers.get('x-three')).toBeNull()
  expect(await textOf(answer)).toBe('PUT /a%20b?c=d in hi')
})

it('uses a connection again, and takes what comes before the answer for no answer', async () => {
  connections = 0
  handle = (_, response) => {
    response.writeProcessing()
    response.writeEarlyHints({ link: '</x>; rel=preload' })
    response.end('done')
  }
  for (let n = 0; n < 5; n++) {
    const answer = await fetch(url, {})
    expect([answer.status, await textOf(answer)]).toEqual([200, 'done'])
  }
  // One may be on its way back while the next is wanted.
  expect(connections).toBeLessThanOrEqual(2)
})

it('lets as many wait for a slow provider as there are, each on its own connection', async () => {
  const waiting: ServerResponse[] = []
  handle = (_, response) => void waiting.push(response)
  const answers = Array.from({ length: 300 }, () => fetch(url, {}))
  await vi.waitFor(() => expect(waiting.length).toBe(300), { timeout: 20_000 })
  for (const response of waiting) response.setHeader('connection', 'close').end('late')
  for (const answer of await Promise.all(answers)) expect(await textOf(answer)).toBe('late')
})

it('holds back a body that nobody reads yet', async () => {
  const size = 48 << 20
  const sent = new Promise<ServerResponse>((resolve) => {
    handle = (_, response) => {
      resolve(response)
      response.end(Buffer.alloc(size))
    }
  })
  const { body } = await fetch(url, {})
  const { socket } = await sent
  let read = 0
  let lead = 0
  for await (const chunk of body ?? []) {
    read += chunk.byteLength
    if (read < 4 << 20) for (let n = 0; n < 5; n++) await turn()
    lead = Math.max(lead, (socket?.bytesWritten ?? 0) - (socket?.writableLength ?? 0) - read)
  }
  expect(read).toBe(size)
  // The kernel keeps some.
  expect(lead).toBeLessThan(size / 2)
})

it('ends the call of an answer that is not wanted any more', async () => {
  const begin = (): Promise<string> =>
    new Promise((resolve) => {
      handle = (_, response) => {
        response.on('close', () => resolve('closed'))
        response.writeHead(200)
        response.write('x'.repeat(100_000))
      }
    })
  let closed = begin()
  for await (const _ of (await fetch(url, {})).body ?? []) break
  expect(await closed).toBe('closed')

  closed = begin()
  const controller = new AbortController()
  await fetch(url, { signal: controller.signal })
  controller.abort()
  expect(await closed).toBe('closed')
})

it('ends a request at any time by its signal', async () => {
  const aborted = { name: 'AbortError' }
  await expect(fetch(url, { signal: AbortSignal.abort() })).rejects.toMatchObject(aborted)

  handle = () => controller.abort()
  let controller = new AbortController()
  await expect(fetch(url, { signal: controller.signal })).rejects.toMatchObject(aborted)

  controller = new AbortController()
  handle = (_, response) => {
    response.writeHead(200)
    response.write('some')
  }
  const { body } = await fetch(url, { signal: controller.signal })
  const reading = (async () => {
    for await (const _ of body ?? []) controller.abort()
  })()
  await expect(reading).rejects.toMatchObject(aborted)
})

it('says so when an answer breaks off', async () => {
  handle = (_, response) => {
    response.writeHead(200, { 'content-length': '100' })
    response.write('x', () => response.socket?.destroy())
  }
  await expect(fetch(url, {}).then(textOf)).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' })
  handle = (_, response) => void response.socket?.destroy()
  await expect(fetch(url, {})).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' })
})

it('decodes what was compressed unasked, and says so when it is none', async () => {
  handle = (_, response) => {
    response.setHeader('content-encoding', 'gzip')
    response.end(gzipSync('{"ok":true}'))
  }
  expect(await textOf(await fetch(url, {}))).toBe('{"ok":true}')
  handle = (_, response) => {
    response.setHeader('content-encoding', 'gzip')
    response.end('this is no gzip')
  }
  await expect(fetch(url, {}).then(textOf)).rejects.toMatchObject({ code: 'Z_DATA_ERROR' })

  // Who stops reading ends the call behind the decoder too.
  const closed = new Promise<unknown>((resolve) => {
    handle = (_, response) => {
      response.on('close', resolve)
      response.setHeader('content-encoding', 'gzip')
      response.write(gzipSync('x'.repeat(1_000_000)))
    }
  })
  for await (const _ of (await fetch(url, {})).body ?? []) break
  await closed
})

it('reaches nothing over http but loopback', async () => {
  await expect(fetch('http://api.example/', {})).rejects.toThrow('loopback')
})
