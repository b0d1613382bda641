import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { github } from '@spa-dance/providers/github'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  ath,
  challenge,
  cookieOf,
  dpop,
  newSealKey,
  sealKey,
  verifier,
} from '../testing-internal/harness.ts'
import { localhostFetch } from '../testing-internal/localhost-fetch.ts'
import { startExchange, type RunningExchange } from './start.ts'

const page = 'http://app.localhost:7777'
type Handle = (request: IncomingMessage, response: ServerResponse) => void

let upstream: Server
let handle: Handle
let exchange: RunningExchange
const paths: string[] = []
const { fetch, close } = localhostFetch()

beforeAll(async () => {
  upstream = createServer((request, response) => {
    paths.push(request.url ?? '')
    if (request.url?.endsWith('access_token')) response.end('{"access_token":"at"}')
    else handle(request, response)
  })
  await new Promise<void>((done) => upstream.listen(0, '127.0.0.1', done))
  const { port } = upstream.address() as AddressInfo
  exchange = await startExchange({
    port: 0,
    baseUrl: 'http://exchange.localhost:0',
    apps: { spa: { redirectUris: [`${page}/callback/{client}`] } },
    // Its API lies on a host that only RFC 6761 knows.
    clients: {
      github: {
        provider: github({ host: `http://github.localhost:${port}` }),
        clientId: 'id',
        clientSecret: 's',
        relay: true,
      },
    },
    sealKeys: [sealKey],
  })
})
beforeEach(() => void (paths.length = 0))
afterEach(() => void vi.restoreAllMocks())
afterAll(async () => {
  await exchange.close()
  await close()
  upstream.closeAllConnections()
  await new Promise((done) => upstream.close(done))
})

/** Signs in, and gives what makes a call to the relay. */
async function signIn() {
  const key = await dpop()
  const sent = await fetch(
    `${exchange.url}/github/authorize?${new URLSearchParams({
      response_type: 'code',
      client_id: 'spa',
      redirect_uri: `${page}/callback/github`,
      code_challenge: challenge,
      code_challenge_method: 'S256',
    })}`,
    {},
  )
  const state = new URL(sent.headers.get('location') ?? '').searchParams.get('state')
  const back = await fetch(`${exchange.url}/github/callback?code=c&state=${state}`, {
    headers: { cookie: cookieOf(sent) },
  })
  const code = new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? ''
  const answer = await fetch(`${exchange.url}/github/token`, {
    method: 'POST',
    headers: {
      origin: page,
      'content-type': 'application/x-www-form-urlencoded',
      dpop: await key.proof('POST', `${exchange.url}/github/token`),
    },
    body: new URLSearchParams({
      client_id: 'spa',
      grant_type: 'authorization_code',
      code,
      code_verifier: verifier,
    }).toString(),
  })
  const { access_token: token }: { access_token: string } = await answer.json()
  const nonce = answer.headers.get('dpop-nonce')
  paths.length = 0
  return async (path: string, method = 'GET'): Promise<Record<string, string>> => ({
    origin: page,
    authorization: `DPoP ${token}`,
    dpop: await key.proof(method, `${exchange.url}${path}`, { nonce, ath: await ath(token) }),
  })
}

/** Sends these very bytes, and gives all that comes back. */
function raw(lines: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = connect(exchange.port, '127.0.0.1', () => socket.write(lines.join('\r\n')))
    socket.on('data', (data) => (text += data.toString()))
    socket.on('close', () => resolve(text))
    socket.on('error', reject)
  })
}

const rawGet = (target: string, headers: Record<string, string>): Promise<string> =>
  raw([
    `GET ${target} HTTP/1.1`,
    `Host: 127.0.0.1:${exchange.port}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    'Connection: close',
    '',
    '',
  ])

describe('the exchange on a socket', () => {
  it('relays to a *.localhost that no resolver knows, byte for byte', async () => {
    const headers = await signIn()
    handle = (request, response) => {
      response.setHeader('content-type', 'application/json')
      response.end(
        JSON.stringify({ auth: request.headers.authorization, host: request.headers.host }),
      )
    }
    const answer = await fetch(`${exchange.url}/github/api/user?a=b%20c`, {
      headers: await headers('/github/api/user'),
    })
    expect(await answer.json()).toEqual({
      auth: 'Bearer at',
      host: expect.stringMatching(/^github\.localhost:/),
    })
    expect(paths).toEqual(['/api/v3/user?a=b%20c'])
  })

  it.each([
    '/github/api/../../x',
    '/github/api/%2e%2e/x',
    '/github/api//evil',
    '/github/api/a%2fb',
    '/github/api/\\evil',
    'http://evil.example/github/api/user',
    '/github/api/a/./b',
  ])('X-20: relays nothing for the raw target %s', async (target) => {
    const headers = await signIn()
    const answer = await rawGet(target, await headers(target))
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect(answer).toMatch(/"error":"(invalid_request|not_found)"/)
    expect(answer).not.toContain('evil.example')
    expect(paths).toEqual([])
  })

  it('decodes an answer that was compressed unasked', async () => {
    const headers = await signIn()
    handle = (_, response) => {
      response.setHeader('content-encoding', 'gzip')
      response.end(gzipSync('{"ok":true}'))
    }
    const answer = await fetch(`${exchange.url}/github/api/user`, {
      headers: await headers('/github/api/user'),
    })
    expect(answer.headers.get('content-encoding')).toBeNull()
    expect(await answer.json()).toEqual({ ok: true })
  })

  it('X-31: answers 502 or 503 to what is no HTTP, and breaks off what breaks off', async () => {
    const headers = await signIn()
    const ask = async (): Promise<Response> =>
      fetch(`${exchange.url}/github/api/user`, { headers: await headers('/github/api/user') })
    handle = (_, response) => response.socket?.end('nonsense\r\n\r\n')
    expect((await ask()).status).toBe(503)
    handle = (_, response) => response.socket?.destroy()
    expect((await ask()).status).toBe(503)
    handle = (_, response) => response.writeHead(302, { location: 'http://evil.example/' }).end()
    expect((await ask()).status).toBe(502)
    handle = (_, response) => response.writeHead(999).end()
    expect((await ask()).status).toBeGreaterThanOrEqual(502)

    vi.spyOn(console, 'error').mockReturnValue()
    vi.spyOn(console, 'info').mockReturnValue()
    // A small answer is passed on whole, so it can still be said that it never came.
    handle = (_, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('x', () => response.socket?.destroy())
    }
    expect((await ask()).status).toBe(503)
    handle = (_, response) => {
      response.writeHead(200)
      response.write('x', () => response.socket?.destroy())
    }
    await expect(ask().then((answer) => answer.text())).rejects.toMatchObject({
      name: expect.stringMatching(/Error$/),
    })
  })

  it('X-30: ends the call upstream when the page hangs up, and lives on', async () => {
    const headers = await signIn()
    const path = '/github/api/user'
    for (let n = 0; n < 30; n++) {
      const given = await headers(path)
      await new Promise<void>((ended) => {
        handle = (_, response) => {
          response.on('close', ended)
          // Half of them in silence, half in the middle of the body.
          if (n % 2) response.writeHead(200).write('x'.repeat(65_536))
          socket.destroy()
        }
        const socket = connect(exchange.port, '127.0.0.1', () => {
          const lines = Object.entries(given).map(([name, value]) => `${name}: ${value}`)
          socket.write([`GET ${path} HTTP/1.1`, 'Host: x.localhost', ...lines, '', ''].join('\r\n'))
        })
        socket.on('error', () => {})
      })
    }
    handle = (_, response) => response.end('{}')
    expect((await fetch(exchange.url + path, { headers: await headers(path) })).status).toBe(200)
  })

  it('X-39: takes no host of the request for its own', async () => {
    for (const target of [
      'http://evil.example/github/.well-known/oauth-authorization-server',
      '/github/.well-known/oauth-authorization-server',
    ]) {
      const answer = await raw([
        `GET ${target} HTTP/1.1`,
        'Host: evil.example:99',
        'X-Forwarded-Host: evil.example',
        'Connection: close',
        '',
        '',
      ])
      expect(answer).toContain(`"issuer":"${exchange.url}/github"`)
      expect(answer).not.toContain('evil')
    }
  })
})

describe('starting and stopping', () => {
  const options = () => ({
    baseUrl: 'http://exchange.localhost:0',
    apps: { spa: { redirectUris: [`${page}/`] } },
    clients: { github: { provider: github(), clientId: 'id', clientSecret: 's' } },
    sealKeys: [newSealKey('k')],
  })

  it('says that a port is taken', async () => {
    await expect(startExchange({ ...options(), port: exchange.port })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    })
  })

  it('does not listen with a configuration that is wrong', async () => {
    await expect(startExchange({ ...options(), sealKeys: [], port: 0 })).rejects.toMatchObject({
      name: 'ExchangeConfigError',
    })
  })

  it('X-45: lets a running request end before it stops', async () => {
    let release: (() => void) | undefined
    const running = await startExchange({
      ...options(),
      port: 0,
      fetch: () =>
        new Promise((resolve) => (release = () => resolve(new Response('{}', { status: 200 })))),
    })
    const answer = fetch(`${running.url}/github/revoke`, {
      method: 'POST',
      headers: { origin: page, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'client_id=spa&token=x',
    })
    await vi.waitFor(() => expect(release).toBeDefined())
    const stopped = running.close()
    release?.()
    expect((await answer).status).toBe(200)
    await stopped
    await expect(fetch(`${running.url}/healthz`, {})).rejects.toMatchObject({
      name: expect.stringMatching(/Error$/),
    })
  })

  /** An exchange whose provider answers when it is told to, with a request on its way there. */
  async function busy() {
    let release = (): void => {}
    let asked = (): void => {}
    const arrived = new Promise<void>((resolve) => (asked = resolve))
    const running = await startExchange({
      ...options(),
      port: 0,
      fetch() {
        asked()
        return new Promise((resolve) => (release = () => resolve(new Response('{}'))))
      },
    })
    const body = 'client_id=spa&token=x'
    const socket = connect(running.port, '127.0.0.1')
    const text = new Promise<string>((resolve) => {
      let all = ''
      socket.on('data', (data) => (all += data.toString())).on('close', () => resolve(all))
    })
    const head = [
      'POST /github/revoke HTTP/1.1',
      'Host: exchange.localhost',
      `Origin: ${page}`,
      'Content-Type: application/x-www-form-urlencoded',
      `Content-Length: ${body.length}`,
    ]
    socket.write([...head, '', body].join('\r\n'))
    await arrived
    return { running, release, text }
  }

  it('X-45: tells a kept-alive connection to go elsewhere, with its last answer', async () => {
    const { running, release, text } = await busy()
    const stopped = running.close()
    release()
    expect(await text).toMatch(/^HTTP\/1\.1 200 OK\r\n(.*\r\n)*connection: close\r\n/i)
    await stopped
  })

  it('X-45: waits 10 seconds for what runs, and no longer', async () => {
    const { running, text } = await busy()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    let stopped = false
    const stopping = running.close().then(() => (stopped = true))
    await vi.advanceTimersByTimeAsync(9_999)
    expect(stopped).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    vi.useRealTimers()
    expect(await text).toBe('')
    await stopping
  })
})
