import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { startEmulator, type RunningEmulator } from '@spa-dance/emulator/node'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { startBalancer, type Balancer } from './testing-internal/balancer.ts'
import { openBrowser, tokensOf, type Browser } from './testing-internal/browser.ts'
import { registrations } from './testing-internal/registrations.ts'
import { newSealKey } from './testing-internal/harness.ts'
import { startRedis, type RedisServer } from './testing-internal/redis-server.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const sealKey = newSealKey('k')

let redis: RedisServer
let balancer: Balancer
let emulator: RunningEmulator
let baseUrl: string
let browser: Browser
const running: ChildProcess[] = []

beforeAll(async () => {
  redis = await startRedis()
  balancer = await startBalancer()
  baseUrl = `http://exchange.localhost:${balancer.port}`
  emulator = await startEmulator({ port: 0, registrations: registrations(baseUrl) })
})
beforeEach(async () => {
  emulator.control.reset()
  browser = await openBrowser(baseUrl, emulator)
})
afterEach(() => browser.close())
afterAll(async () => {
  await Promise.all(running.map(kill))
  await Promise.all([redis.kill(), balancer.close(), emulator.close()])
})

interface Instance {
  readonly port: number
  readonly process: ChildProcess
}

/** A process of the CLI, behind the balancer. */
function start(env: Record<string, string> = {}): Promise<Instance> {
  const config = here('./testing-internal/emulated.config.ts')
  const child = spawn(
    process.execPath,
    ['--conditions=spa-dance-source', here('./cli.ts'), '--config', config, '--port', '0'],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'] ?? '',
        DANCE_BASE_URL: baseUrl,
        DANCE_SEAL_KEYS: sealKey,
        EMULATOR_URL: emulator.url,
        ...env,
      },
    },
  )
  running.push(child)
  return new Promise((resolve, reject) => {
    let said = ''
    child.stderr.on('data', (data) => (said += String(data)))
    child.stdout.on('data', (data) => {
      said += String(data)
      const [, port] = /listens on port (\d+)/.exec(said) ?? []
      if (port !== undefined) resolve({ port: Number(port), process: child })
    })
    child.once('exit', () => reject(new Error(`The exchange ended:\n${said}`)))
  })
}

function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((done) => {
    child.once('exit', () => done())
    child.kill('SIGKILL')
  })
}

const refreshes = (): number =>
  emulator.control.requests('github').filter(({ grantType }) => grantType === 'refresh_token')
    .length
const redemptions = (): number =>
  emulator.control
    .requests('github')
    .filter(({ grantType, endpoint }) => endpoint === 'token' && grantType !== 'refresh_token')
    .length

describe('two instances without a store', { timeout: 60_000 }, () => {
  let pair: readonly [Instance, Instance]
  beforeAll(async () => {
    pair = await Promise.all([start(), start()])
    balancer.use(pair.map(({ port }) => port))
  })

  it('X-44: take turns at every request of a dance, with OAuth 2 and OAuth 1.0a', async () => {
    for (let n = 0; n < 2; n++) {
      const hub = await browser.signIn('github')
      const renewed = await tokensOf(await browser.refresh('github', hub))
      expect(renewed.refresh_token).not.toBe(hub.refresh_token)
      const gone = await browser.post('/github/revoke', { token: renewed.refresh_token })
      expect(gone.status).toBe(200)

      const bird = await browser.signIn('twitter')
      const me = await browser.relay('twitter', 'users/me', bird)
      expect([me.status, await me.json()]).toEqual([
        200,
        expect.objectContaining({ data: expect.anything() }),
      ])
      // So that the next round begins at the other one.
      await browser.fetch('/healthz')
    }
  })

  it('X-44: lose by the death of one nothing but what it was at', async () => {
    let begun = 0
    let done = 0
    let lost = 0
    const people = Array.from({ length: 8 }, async () => {
      while (begun++ < 80) {
        try {
          await browser.signIn('github')
          done++
        } catch {
          lost++
        }
        if (done === 20) pair[0].process.kill('SIGKILL')
      }
    })
    await Promise.all(people)
    expect(done + lost).toBe(80)
    expect(lost).toBe(balancer.lost())
    expect(lost).toBeLessThanOrEqual(people.length)
    await kill(pair[1].process)
  })
})

describe('two instances with Redis', { timeout: 60_000 }, () => {
  let ports: readonly number[]
  beforeAll(async () => {
    const env = { DANCE_REDIS_URL: redis.url }
    ports = (await Promise.all([start(env), start(env)])).map(({ port }) => port)
  })
  beforeEach(() => balancer.use(ports))

  it('X-55: ask the provider once for refreshes with one handle at both', async () => {
    const hub = await browser.signIn('github')
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => browser.refresh('github', hub)),
    )
    const tokens = await Promise.all(answers.map(tokensOf))
    expect(new Set(tokens.map(({ access_token }) => access_token)).size).toBe(1)
    expect(refreshes()).toBe(1)
  })

  it('X-56: give an answer that was lost again at the other one, to the holder of the key', async () => {
    const [one = 0, two = 0] = ports
    balancer.use([one])
    const code = await browser.code('github')
    const first = await tokensOf(await browser.redeem('github', code))
    balancer.use([two])
    const again = await tokensOf(await browser.redeem('github', code))
    expect(again.access_token).toBe(first.access_token)
    expect(redemptions()).toBe(1)
    const renewed = await tokensOf(await browser.refresh('github', first))
    balancer.use([one])
    const renewedAgain = await tokensOf(await browser.refresh('github', first))
    expect(renewedAgain.access_token).toBe(renewed.access_token)
    expect(refreshes()).toBe(1)

    const stranger = await openBrowser(baseUrl, emulator)
    expect(await (await stranger.redeem('github', code)).json()).toMatchObject({
      error: 'invalid_grant',
    })
    await stranger.close()
  })

  it('X-16: take a proof once, whichever of them sees it', async () => {
    const hub = await browser.signIn('github')
    const proof = await browser.key.proof('POST', `${baseUrl}/github/token`, { nonce: hub.nonce })
    const form = { grant_type: 'refresh_token', refresh_token: hub.refresh_token }
    expect((await browser.post('/github/token', form, { proof })).status).toBe(200)
    for (const _ of ports) {
      const answer = await browser.post('/github/token', form, { proof })
      expect([answer.status, (await answer.json()).error]).toEqual([400, 'invalid_dpop_proof'])
    }
  })

  it('X-44: go on without Redis, but for refreshes, which wait until it is back', async () => {
    const before = await browser.signIn('github')
    const bird = await browser.signIn('twitter')
    await redis.kill()
    const hub = await browser.signIn('github')
    expect((await browser.relay('twitter', 'users/me', bird)).status).toBe(200)
    expect((await browser.fetch('/readyz')).status).toBe(200)
    for (const tokens of [before, hub]) {
      const answer = await browser.refresh('github', tokens)
      expect([answer.status, (await answer.json()).error]).toEqual([503, 'temporarily_unavailable'])
      expect(answer.headers.get('retry-after')).toBe('5')
    }
    expect(refreshes()).toBe(0)
    const gone = await browser.post('/github/revoke', { token: hub.refresh_token })
    expect(gone.status).toBe(200)

    await redis.restart()
    await vi.waitFor(
      async () => expect((await browser.refresh('github', before)).status).toBe(200),
      { timeout: 20_000, interval: 100 },
    )
  })
})
