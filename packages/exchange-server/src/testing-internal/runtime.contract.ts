import { startEmulator, type RunningEmulator } from '@spa-dance/emulator/node'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { openBrowser, page, tokensOf, type Browser } from './browser.ts'
import { freePort } from './free-port.ts'
import { startGateway, type Gateway } from './gateway.ts'
import { newSealKey } from './harness.ts'
import { registrations } from './registrations.ts'

/** What an exchange is started with. */
export interface Surroundings {
  /** Where it has to listen, on 127.0.0.1. */
  readonly port: number
  readonly baseUrl: string
  /** Where the emulator is, which is also an HTTP proxy that leads to it. */
  readonly emulatorUrl: string
  readonly env: Readonly<Record<string, string>>
}

/**
 * What every runtime must do with the exchange, byte for byte over HTTP.
 *
 * @param ca the certificate of an exchange that is reached over TLS, as PEM
 */
export function runtimeContract(
  name: string,
  start: (surroundings: Surroundings) => Promise<{ close(): Promise<void> }>,
  ca?: string,
): void {
  let gateway: Gateway
  let emulator: RunningEmulator
  let baseUrl: string
  let running: { close(): Promise<void> } | undefined
  let browser: Browser

  const upstream = (grant: string): number =>
    emulator.control.requests('github').filter(({ grantType }) => grantType === grant).length

  beforeAll(async () => {
    const port = await freePort()
    baseUrl = `${ca === undefined ? 'http' : 'https'}://exchange.localhost:${port}/auth`
    gateway = await startGateway()
    emulator = await startEmulator({
      port: 0,
      url: gateway.url,
      registrations: registrations(baseUrl),
    })
    gateway.lead(emulator.port)
    running = await start({
      port,
      baseUrl,
      emulatorUrl: gateway.url,
      env: {
        PORT: String(port),
        DANCE_BASE_URL: baseUrl,
        DANCE_REDIRECT_URIS: `${page}/callback/{client}`,
        DANCE_SEAL_KEYS: newSealKey('k'),
        GITHUB_OAUTH_CLIENT_ID: 'hub',
        GITHUB_OAUTH_CLIENT_SECRET: 'hub-secret',
        TWITTER_OAUTH_API_KEY: 'bird',
        TWITTER_OAUTH_API_SECRET: 'bird-secret',
      },
    })
    browser = await openBrowser(baseUrl, emulator, ca)
    const alive = async (): Promise<void> =>
      expect((await browser.fetch('/healthz')).status).toBe(200)
    await vi.waitFor(alive, { timeout: 30_000, interval: 50 })
  }, 60_000)
  beforeEach(() => emulator.control.reset())
  afterAll(async () => {
    await running?.close()
    await browser.close()
    await Promise.all([emulator.close(), gateway.close()])
  })

  describe(`the exchange on ${name}`, { timeout: 60_000 }, () => {
    it('X-53: is alive, ready, and described', async () => {
      expect((await browser.fetch('/readyz')).status).toBe(200)
      const described = await browser.fetch('/github/.well-known/oauth-authorization-server')
      expect(described.headers.get('access-control-allow-origin')).toBe('*')
      expect((await described.json()).issuer).toBe(`${baseUrl}/github`)
      expect((await browser.fetch('/nowhere')).status).toBe(404)
    })

    it('X-53: signs in with OAuth 2, refreshes and signs out', async () => {
      const hub = await browser.signIn('github')
      const renewed = await tokensOf(await browser.refresh('github', hub))
      expect(renewed.access_token).not.toBe(hub.access_token)
      const gone = await browser.post('/github/revoke', { token: renewed.refresh_token })
      expect([gone.status, await gone.json()]).toEqual([200, {}])
      expect((await browser.refresh('github', renewed)).status).toBe(400)
    })

    it('X-53: signs in with OAuth 1.0a, and relays signed calls', async () => {
      const bird = await browser.signIn('twitter')
      expect(bird.token_type).toBe('DPoP')
      const path = 'users/me?user.fields=profile_image_url%2Cid'
      const me = await browser.relay('twitter', path, bird)
      expect([me.status, me.headers.get('dance-upstream')]).toEqual([200, '1'])
      expect((await me.json()).data.id).toEqual(expect.any(String))
      expect(me.headers.get('dpop-nonce')).toMatch(/\./)
    })

    it('X-1: refuses other origins, and tells its own what they may send', async () => {
      const headers = { origin: 'https://evil.example' }
      const refused = await browser.fetch('/github/token', { method: 'POST', headers })
      expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([
        403,
        null,
      ])
      const asked = await browser.fetch('/github/token', {
        method: 'OPTIONS',
        headers: { origin: page, 'access-control-request-method': 'POST' },
      })
      expect(asked.headers.get('access-control-allow-origin')).toBe(page)
      expect(asked.headers.get('access-control-allow-headers')).toMatch(/DPoP/i)
    })

    it('X-18: demands a proof with its nonce, which works once', async () => {
      const hub = await browser.signIn('github')
      const without = await browser.refresh('github', { ...hub, nonce: 'none' })
      expect((await without.json()).error).toBe('use_dpop_nonce')
      const proof = await browser.key.proof('POST', `${baseUrl}/github/token`, { nonce: hub.nonce })
      const form = { grant_type: 'refresh_token', refresh_token: hub.refresh_token }
      expect((await browser.post('/github/token', form, { proof })).status).toBe(200)
      expect((await browser.post('/github/token', form, { proof })).status).toBe(400)
    })

    it('B-7: shows a page to a browser in which nothing began', async () => {
      const answer = await browser.fetch('/github/callback?code=c&state=s')
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        400,
        'text/html; charset=utf-8',
      ])
    })

    it('X-20: leads no path out of the API', async () => {
      const bird = await browser.signIn('twitter')
      emulator.control.reset()
      for (const path of ['%2e%2e/%2e%2e/oauth/token', '..%2f..%2foauth', '%5c%5cevil.example/x']) {
        const { status } = await browser.relay('twitter', path, bird)
        expect([status >= 400, status < 500]).toEqual([true, true])
      }
      expect(emulator.control.requests()).toEqual([])
    })

    it('X-27: takes a form of 64 KiB at most', async () => {
      const answer = await browser.post('/github/token', { code: 'x'.repeat(70_000) })
      expect(answer.status).toBe(413)
    })

    it('X-55: asks the provider once for refreshes at one time', async () => {
      const hub = await browser.signIn('github')
      const released = gateway.hold('/login/oauth/access_token')
      const asked = Array.from({ length: 10 }, () => browser.refresh('github', hub))
      const release = await released
      release()
      const tokens = await Promise.all(asked.map(async (answer) => tokensOf(await answer)))
      expect(new Set(tokens.map(({ access_token }) => access_token)).size).toBe(1)
      expect(upstream('refresh_token')).toBe(1)
    })

    it('X-55: lets none who waits go with one who hangs up', async () => {
      const hub = await browser.signIn('github')
      const released = gateway.hold('/login/oauth/access_token')
      const gone = new AbortController()
      const form = { grant_type: 'refresh_token', refresh_token: hub.refresh_token }
      const first = browser.post('/github/token', form, { nonce: hub.nonce, signal: gone.signal })
      const release = await released
      const second = browser.refresh('github', hub)
      await browser.fetch('/healthz')
      gone.abort()
      await expect(first).rejects.toThrow()
      release()
      await tokensOf(await second)
      expect(upstream('refresh_token')).toBe(1)
    })

    it('X-56: ends a refresh whose page hangs up, and has its answer ready', async () => {
      const hub = await browser.signIn('github')
      const released = gateway.hold('/login/oauth/access_token')
      const gone = new AbortController()
      const form = { grant_type: 'refresh_token', refresh_token: hub.refresh_token }
      const asked = browser.post('/github/token', form, { nonce: hub.nonce, signal: gone.signal })
      const release = await released
      gone.abort()
      await expect(asked).rejects.toThrow()
      release()
      await vi.waitFor(() => expect(upstream('refresh_token')).toBe(1), 20_000)
      await tokensOf(await browser.refresh('github', hub))
      expect(upstream('refresh_token')).toBe(1)
    })
  })
}
