import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { github } from '@spa-dance/providers/github'
import { startExchange, type RunningExchange } from './node/start.ts'
import { freePort } from './testing-internal/free-port.ts'
import { newSealKey } from './testing-internal/harness.ts'
import { localhostFetch } from './testing-internal/localhost-fetch.ts'
import { makeCertificate, startCaddy, startNginx } from './testing-internal/proxies.ts'
import { runtimeContract, type Surroundings } from './testing-internal/runtime.contract.ts'
import { runtimes } from './testing-internal/runtimes.ts'

const folder = mkdtempSync(join(tmpdir(), 'dance-certificate-'))
afterAll(() => rmSync(folder, { recursive: true }))
const certificate = makeCertificate(folder)
const ca = readFileSync(certificate.chain, 'utf8')

// The whole contract through the documented configurations: over TLS to the proxy, the exchange behind it.
for (const [name, start] of [
  ['nginx', startNginx],
  ['Caddy', startCaddy],
] as const) {
  const behind = async (around: Surroundings) => {
    const exchange = await freePort()
    const proxy = await start({ port: around.port, exchange, certificate })
    // One for https asks nobody on its own machine, unless they are named.
    const DANCE_ALLOW_PRIVATE = 'github.localhost,api-github-com.github.localhost,twitter.localhost'
    const env = { ...around.env, PORT: String(exchange), DANCE_TRUST_PROXY: '1' }
    const running = await runtimes['node']?.({ ...around, env: { ...env, DANCE_ALLOW_PRIVATE } })
    return {
      close: async () => void (await Promise.all([running?.close(), proxy.close()])),
    }
  }
  runtimeContract(`Node behind ${name}`, behind, ca)

  it(`${name} serves the site beside it, at every path`, { timeout: 60_000 }, async () => {
    const [port, exchange] = [await freePort(), await freePort()]
    const proxy = await start({ port, exchange, certificate })
    const { fetch, close } = localhostFetch(ca)
    for (const path of ['/', '/any/page/of/it', '/authors']) {
      const answer = await fetch(`https://exchange.localhost:${port}${path}`)
      expect(await answer.text()).toContain('The site')
    }
    await close()
    await proxy.close()
  })
}

describe('nginx as it is documented', { timeout: 60_000 }, () => {
  let exchanges: readonly RunningExchange[]
  let proxies: readonly { close(): Promise<void> }[]
  const ports: number[] = []

  beforeAll(async () => {
    const [outer, inner, exchange1, exchange2] = await Promise.all([1, 2, 3, 4].map(freePort))
    const start = (port = 0, trustProxy = 1): Promise<RunningExchange> =>
      startExchange({
        port,
        trustProxy,
        baseUrl: `http://exchange.localhost:${inner}/auth`,
        apps: { spa: { redirectUris: ['http://app.localhost/'] } },
        clients: {
          github: { provider: github(), clientId: 'id', clientSecret: 'a-secret-of-github' },
        },
        sealKeys: [newSealKey('k')],
        rateLimit: { perAddress: 2 },
      })
    exchanges = [await start(exchange1, 1), await start(exchange2, 2)]
    const [one = 0, chained = 0] = [inner, outer]
    const second = await freePort()
    proxies = await Promise.all([
      startNginx({ port: one, exchange: exchange1 ?? 0 }),
      startNginx({ port: chained, exchange: second }),
      startNginx({ port: second, exchange: exchange2 ?? 0 }),
    ])
    ports.push(one, chained)
  }, 60_000)
  afterAll(async () => {
    await Promise.all([...exchanges, ...proxies].map((running) => running.close()))
  })

  it('serves the site beside the exchange, and its metadata at the root', async () => {
    const { fetch, close } = localhostFetch()
    const origin = `http://exchange.localhost:${ports[0]}`
    expect(await (await fetch(`${origin}/any/page/of/it`)).text()).toContain('The site')
    const described = await fetch(`${origin}/.well-known/oauth-authorization-server/auth/github`)
    expect((await described.json()).issuer).toBe(`${origin}/auth/github`)
    const answer = await fetch(`${origin}/auth/healthz`)
    expect([answer.status, answer.headers.get('x-request-id')]).toEqual([
      200,
      expect.stringMatching(/^[0-9a-f]{32}$/),
    ])
    await close()
  })

  /** As a caller of that address who claims to be many others. */
  const ask = (port: number, localAddress: string, forged: string): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const path = '/auth/github/callback'
      const headers = { host: 'exchange.localhost', 'x-forwarded-for': forged }
      request({ host: '127.0.0.1', port, path, localAddress, headers, agent: false }, (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      })
        .on('error', reject)
        .end()
    })

  it.each([
    ['one', 0],
    ['two', 1],
  ])('X-40: tells callers apart behind %s of it, whatever they claim', async (_, at) => {
    const port = ports[at] ?? 0
    const statuses: (number | undefined)[] = []
    // The minute may turn in between, and the count begins anew.
    for (let n = 1; n <= 7; n++) statuses.push(await ask(port, '127.0.0.2', `192.0.2.${n}`))
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0)
    expect(await ask(port, '127.0.0.3', '127.0.0.2')).toBe(400)
  })
})
