import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import {
  asked,
  live,
  secrets,
  type Got,
  type Live,
  type RouteThatAsks,
} from './testing-internal/live.ts'

let l: Live
const printed: string[] = []
beforeAll(async () => {
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    vi.spyOn(console, method).mockImplementation((...words) => void printed.push(words.join(' ')))
  }
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => printed.push(String(text)) > 0)
  }
  l = await live()
})
afterEach(() => void (l.provider.fault = undefined))
afterAll(async () => {
  vi.restoreAllMocks()
  await l.close()
})

const routes = Object.keys(asked) as RouteThatAsks[]

describe('what a browser sends', () => {
  const hostile = {
    cookie: 'sid=MARK-browser; __Host-dance-flow-x=MARK-browser',
    referer: 'http://app.localhost:7777/MARK-browser',
    forwarded: 'for=MARK-browser',
    via: '1.1 MARK-browser',
    'x-forwarded-for': 'MARK-browser',
    'x-forwarded-host': 'MARK-browser',
    'x-real-ip': 'MARK-browser',
    'cf-connecting-ip': 'MARK-browser',
    'proxy-authorization': 'MARK-browser',
    'x-api-key': 'MARK-browser',
    'x-secret-hop': 'MARK-browser',
    'x-http-method-override': 'MARK-browser',
    te: 'trailers',
    'sec-fetch-site': 'cross-site',
    'user-agent': 'MARK-browser',
    'x-request-id': 'MARK-browser',
    connection: 'close, x-secret-hop',
  }
  const listed = [
    'accept',
    'accept-encoding',
    'authorization',
    'connection',
    'content-length',
    'content-type',
    'host',
    'user-agent',
  ]

  it.each(routes)(
    'X-24: reaches no provider beside what is listed, at the route: %s',
    async (route) => {
      l.decorate = hostile
      const ask = (await l.routes())[route]
      l.provider.seen.length = 0
      const { status } = await ask()
      l.decorate = {}
      expect(status).toBeLessThan(400)
      expect(l.provider.seen).toHaveLength(1)
      const [request = ''] = l.provider.seen
      const [head = ''] = request.split('\r\n\r\n')
      const names = head
        .split('\r\n')
        .slice(1)
        .map((line) => line.split(':')[0]?.toLowerCase())
      expect(listed).toEqual(expect.arrayContaining(names))
      expect(request).not.toMatch(/MARK-browser|app\.localhost|origin:/i)
    },
  )
})

describe('what has to stay secret', () => {
  /** All routes, once well and once with a provider that repeats what it was asked. */
  async function everything(): Promise<string[]> {
    const got: string[] = []
    for (const ask of Object.values(await l.routes())) got.push(textOf(await ask()))
    for (const route of routes) {
      const ask = (await l.routes())[route]
      l.provider.fault = {
        path: asked[route],
        act(socket) {
          const said = JSON.stringify({ error: l.provider.seen.at(-1) })
          socket.write(`HTTP/1.1 400 No\r\nContent-Length: ${said.length}\r\n\r\n${said}`)
        },
      }
      const text = textOf(await ask())
      // What an API says is for the page: one that repeats the token there has given it away itself.
      if (!route.endsWith('relay')) got.push(text)
      l.provider.fault = undefined
    }
    await l.send('GET', `/hub/callback?code=${secrets.upstreamCode}&state=${secrets.oauthVerifier}`)
    await l.send('GET', `/nowhere/${secrets.tokenSecret}?x=${secrets.upstreamToken}`)
    await l.send('POST', '/hub/token', { origin: 'https://evil.example' }, secrets.upstreamCode)
    return got
  }
  const textOf = ({ head, body }: Got): string => `${head}\n${body}`

  it('X-19, X-37, X-54, O-12: is in no log, no event, nothing printed and no answer', async () => {
    const got = await everything()
    const told = [JSON.stringify(l.entries), JSON.stringify(l.events), ...printed].join('\n')
    for (const secret of Object.values(secrets)) {
      expect(told).not.toContain(secret)
      expect(got.join('\n')).not.toContain(secret)
    }
    // Nor what the page sent, beside the request's id: codes, handles, proofs, verifiers, state.
    const own = l.traffic.sent.flatMap((text) => text.match(/[\w.-]{24,}/g) ?? [])
    expect(own.length).toBeGreaterThan(100)
    expect(own.filter((text) => told.includes(text))).toEqual([])
    expect(told).not.toMatch(/[?&]|page-state|"error_description"/)
    expect(l.entries.length).toBeGreaterThan(100)
    expect(new Set(l.events.map(({ type }) => type))).toEqual(
      new Set([
        'login-begun',
        'login-finished',
        'token-issued',
        'token-refreshed',
        'token-revoked',
        'refused',
        'upstream-failed',
        'answered',
      ]),
    )
  })
})
