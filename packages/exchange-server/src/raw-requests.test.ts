import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { live, livePage, type Live } from './testing-internal/live.ts'

let l: Live
beforeAll(async () => void (l = await live()))
afterAll(() => l.close())

/** Sends these very bytes, and gives all that comes back until the exchange closes. */
function raw(text: string, { more }: { more?: () => string } = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    let got = ''
    const socket = connect(l.exchange.port, '127.0.0.1', () => socket.write(text))
    const drip = more && setInterval(() => socket.writable && socket.write(more()), 200)
    socket.on('data', (data) => (got += data.toString()))
    socket.on('close', () => {
      clearInterval(drip)
      resolve(got)
    })
    // Written to after it was closed.
    socket.on('error', (error) => (got === '' ? reject(error) : undefined))
  })
}

const statuses = (text: string): string[] =>
  [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status = '']) => status)

const post = (lines: readonly string[], body: string): string =>
  [
    'POST /hub/token HTTP/1.1',
    'Host: exchange.localhost',
    `Origin: ${livePage}`,
    'Content-Type: application/x-www-form-urlencoded',
    ...lines,
    '',
    body,
  ].join('\r\n')
const smuggled = 'GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n'

describe('a request with two readings', () => {
  it.each([
    ['a length and chunks', ['Content-Length: 5', 'Transfer-Encoding: chunked'], '0\r\n\r\n'],
    ['chunks and a length', ['Transfer-Encoding: chunked', 'Content-Length: 5'], '0\r\n\r\n'],
    ['two lengths', ['Content-Length: 0', 'Content-Length: 40'], ''],
    ['a list of lengths', ['Content-Length: 0, 40'], ''],
    ['a signed length', ['Content-Length: +5'], 'a=b&c'],
    ['an unknown coding', ['Transfer-Encoding: xchunked'], '0\r\n\r\n'],
    ['a coding around chunks', ['Transfer-Encoding: chunked, identity'], '0\r\n\r\n'],
    ['a space before the colon', ['Transfer-Encoding : chunked'], '0\r\n\r\n'],
    ['a folded header', ['X-A: b', ' Transfer-Encoding: chunked'], '0\r\n\r\n'],
    ['a bare carriage return', ['X-A: b\rTransfer-Encoding: chunked'], '0\r\n\r\n'],
    ['a null byte', ['X-A: b\0c'], ''],
    ['a chunk length that is none', ['Transfer-Encoding: chunked'], 'zz\r\nx\r\n0\r\n\r\n'],
  ])('X-34: is refused, and its connection closed: %s', async (_, lines, body) => {
    const { length } = l.entries
    const answer = await raw(post(lines, body) + smuggled)
    expect(statuses(answer)).toEqual(['400'])
    expect(l.entries.slice(length).some(({ route }) => route === 'readyz')).toBe(false)
  })

  it('X-34: pipelined requests are each answered, in their order', async () => {
    const last = 'GET /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'
    const answer = await raw(post(['Content-Length: 0'], '') + smuggled + last)
    expect(statuses(answer)).toEqual(['400', '200', '404'])
  })
})

describe('what no API needs', () => {
  it.each(['TRACE', 'CONNECT', 'TRACK', 'PROPFIND', 'get'])(
    'X-35: %s is refused',
    async (method) => {
      const answer = await raw(
        `${method} /hub/api/user HTTP/1.1\r\nHost: x\r\nOrigin: ${livePage}\r\nConnection: close\r\n\r\n`,
      )
      // Node closes a CONNECT without a word: there is no tunnel.
      expect(statuses(answer).join()).toMatch(method === 'CONNECT' ? /^$/ : /^40[05]$/)
    },
  )

  it('X-36: nobody is upgraded to another protocol', async () => {
    const upgrade = ['Upgrade: websocket', 'Connection: Upgrade, close', 'Sec-WebSocket-Key: x']
    const answer = await raw(['GET /readyz HTTP/1.1', 'Host: x', ...upgrade, '', ''].join('\r\n'))
    expect(statuses(answer)).toEqual(['200'])
  })
})

describe.concurrent('a slow or a large request', { timeout: 60_000 }, () => {
  it('X-46: has to have its head within 10 seconds', async () => {
    let drips = 0
    const more = (): string => `X-A: ${++drips}\r\n`
    const answer = await raw('GET /readyz HTTP/1.1\r\nHost: x\r\n', { more })
    expect(statuses(answer)).toEqual(['408'])
    // One every 200 ms, and never more on a slow machine: Node alone would look after 30 seconds.
    expect(drips).toBeLessThan(75)
  })

  it('X-27, X-46: has to have its body within 10 seconds', async () => {
    const answer = await raw(post(['Content-Length: 10000', 'Connection: close'], ''), {
      more: () => 'x',
    })
    expect(statuses(answer)).toEqual(['408'])
    expect(answer).toContain('"error":"invalid_request"')
  })

  it('X-46: may have 64 kB of headers', async () => {
    const answer = await raw(
      `GET /readyz HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(70_000)}\r\n\r\n`,
    )
    expect(statuses(answer)).toEqual(['431'])
  })
})
