import type { OAuth2Provider } from '@spa-dance/providers'
import { describe, expect, it } from 'vitest'
import { createExchangeServer } from './server.ts'
import {
  ath,
  baseUrl,
  cookieOf,
  options,
  page,
  reply,
  rig,
  verifier,
} from './testing-internal/harness.ts'
import type { Rig } from './testing-internal/harness.ts'
import type { ExchangeOptions, RequestLogEntry } from './index.ts'

/** A service of two data centres, which says at the login in which of them a person's data lies. */
const acme: OAuth2Provider = {
  id: 'acme',
  name: 'Acme',
  protocol: 'oauth2',
  route: 'exchange',
  authorization: { url: 'https://id.acme.com/auth' },
  token: { url: 'https://id.acme.com/token' },
  revocation: { url: 'https://id.acme.com/revoke', ends: 'token' },
  api: {
    baseUrl: 'https://api.acme.com/v1/',
    alsoAllowed: ['https://id.acme.com/me'],
    scheme: 'Acme-token',
    cors: false,
  },
  learnt: {
    tokenOrigin: { from: 'id-server', within: ['https://id.acme.com', 'https://id.acme.eu'] },
    apiOrigin: { from: 'api_domain', within: ['https://api.acme.com', 'https://*.acme.eu'] },
  },
}
const eu = { code: 'c', 'id-server': 'https://id.acme.eu' }
const tokens = { access_token: 'at', expires_in: 3600, refresh_token: 'rt' }
const euTokens = { ...tokens, api_domain: 'https://api.acme.eu' }

const using = (provider: OAuth2Provider = acme, more: Partial<ExchangeOptions> = {}) =>
  rig({ clients: { acme: { provider, clientId: 'id', clientSecret: 's' } }, ...more })

async function redeem(r: Rig, back: Record<string, string>): Promise<Response> {
  const code = await r.code('acme', back)
  return r.post('/acme/token', { grant_type: 'authorization_code', code, code_verifier: verifier })
}

async function call(r: Rig, path: string, token: string, nonce: string | null) {
  const url = `${baseUrl}/acme/${path}`
  const dpop = await r.key.proof('GET', url, { nonce, ath: await ath(token) })
  return r.app.request(url, { headers: { origin: page, authorization: `DPoP ${token}`, dpop } })
}

const asked = (r: Rig): string[] => r.upstream.seen.map(({ url }) => url.host + url.pathname)

describe('a person whose data lies elsewhere', () => {
  it('is served there from the code to the revocation', async () => {
    const r = await using()
    r.upstream.on('id.acme.eu/token', reply(euTokens), reply(tokens), reply(tokens))
    r.upstream.on('id.acme.eu/revoke', reply({}))
    r.upstream.on('id.acme.eu/me', reply({ id: 1 }))
    r.upstream.on('api.acme.eu/v1/things', reply([]))

    const first = await redeem(r, eu)
    const nonce = first.headers.get('dpop-nonce')
    const { access_token: token, refresh_token: handle, api_origin } = await first.json()
    expect(api_origin).toBe('https://api.acme.eu')
    expect((await call(r, 'api/things', token, nonce)).status).toBe(200)
    expect((await call(r, 'api-1', token, nonce)).status).toBe(200)

    // What a refresh does not say stays as it was, also after the next one.
    const form = { grant_type: 'refresh_token', refresh_token: handle }
    const init = nonce === null ? {} : { nonce }
    const second = await (await r.post('/acme/token', form, init)).json()
    const again = { ...form, refresh_token: second.refresh_token }
    const third = await (await r.post('/acme/token', again, init)).json()
    expect(third.api_origin).toBe('https://api.acme.eu')
    expect((await call(r, 'api/things', third.access_token, nonce)).status).toBe(200)
    await r.post('/acme/revoke', { token: third.refresh_token }, { dpop: null })
    await r.post('/acme/revoke', { token: third.access_token }, { dpop: null })

    expect(asked(r)).toEqual([
      'id.acme.eu/token',
      'api.acme.eu/v1/things',
      'id.acme.eu/me',
      'id.acme.eu/token',
      'id.acme.eu/token',
      'api.acme.eu/v1/things',
      'id.acme.eu/revoke',
      'id.acme.eu/revoke',
    ])
    expect(r.upstream.seen[1]?.headers.get('authorization')).toBe('Acme-token at')
  })

  it('is served there too where there is no refresh token', async () => {
    const r = await using()
    const { refresh_token: _, ...once } = euTokens
    r.upstream.on('id.acme.eu/token', reply(once))
    r.upstream.on('api.acme.eu/v1/x', reply({}))
    const first = await redeem(r, eu)
    const nonce = first.headers.get('dpop-nonce') ?? ''
    const form = { grant_type: 'refresh_token', refresh_token: (await first.json()).refresh_token }
    const renewed = await (await r.post('/acme/token', form, { nonce })).json()
    expect(renewed.api_origin).toBe('https://api.acme.eu')
    expect((await call(r, 'api/x', renewed.access_token, nonce)).status).toBe(200)
  })

  it('is told so beside a token of their own, which the page sends itself', async () => {
    const r = await using({ ...acme, api: { ...acme.api, cors: true } })
    r.upstream.on('id.acme.eu/token', reply(euTokens))
    expect(await (await redeem(r, eu)).json()).toMatchObject({
      access_token: 'at',
      token_type: 'Bearer',
      api_origin: 'https://api.acme.eu',
    })
  })

  it('may move: what a refresh says counts', async () => {
    const r = await using()
    const moved = { ...tokens, api_domain: 'https://api2.acme.eu' }
    r.upstream.on('id.acme.eu/token', reply(euTokens), reply(moved))
    const first = await redeem(r, eu)
    const form = { grant_type: 'refresh_token', refresh_token: (await first.json()).refresh_token }
    const nonce = first.headers.get('dpop-nonce') ?? ''
    const renewed = await (await r.post('/acme/token', form, { nonce })).json()
    expect(renewed.api_origin).toBe('https://api2.acme.eu')
  })
})

it('asks the declared hosts for everyone else', async () => {
  const r = await using()
  r.upstream.on('id.acme.com/token', reply(tokens))
  r.upstream.on('api.acme.com/v1/x', reply({}))
  const first = await redeem(r, { code: 'c' })
  const { access_token: token, ...rest } = await first.json()
  expect(rest).not.toHaveProperty('api_origin')
  expect((await call(r, 'api/x', token, first.headers.get('dpop-nonce'))).status).toBe(200)
  expect(asked(r)).toEqual(['id.acme.com/token', 'api.acme.com/v1/x'])
})

describe('a host that is not listed', () => {
  it.each([
    'https://evil.example',
    'https://id.acme.eu.evil.example',
    'https://id.acme.eu@evil.example',
    'https://id.acme.eu:8443',
    'http://id.acme.eu',
    'http://127.0.0.1:4180',
    'https://api.acme.eu',
    'id.acme.eu',
    'https://id.acme.eu/revoke?x=',
  ])('X-58: gets no code: %s', async (server) => {
    const logged: RequestLogEntry[] = []
    const r = await using(acme, { log: (entry) => logged.push(entry) })
    const sent = await r.authorize('acme')
    const state = new URL(sent.headers.get('location') ?? '').searchParams.get('state') ?? ''
    const query = new URLSearchParams({ state, code: 'CANARY', 'id-server': server })
    const cookie = cookieOf(sent)
    const back = await r.app.request(`${baseUrl}/acme/callback?${query}`, { headers: { cookie } })
    const location = new URL(back.headers.get('location') ?? '')
    expect(location.origin).toBe(page)
    expect(location.searchParams.get('error')).toBe('server_error')
    expect(location.searchParams.has('code')).toBe(false)
    expect(r.upstream.seen).toEqual([])
    const { reason } = logged.at(-1) ?? {}
    expect(reason).toMatch(/^Acme sent a code, but its id-server (names .*add it|is no origin)/)
    expect(reason).not.toContain('CANARY')
  })

  it('X-58: gets no token, and ends the login', async () => {
    const logged: RequestLogEntry[] = []
    const r = await using(acme, { log: (entry) => logged.push(entry) })
    r.upstream.on('id.acme.eu/token', reply({ ...tokens, api_domain: 'https://evil.example' }))
    const refused = await redeem(r, eu)
    expect(refused.status).toBe(502)
    expect(await refused.json()).toMatchObject({ error: 'server_error' })
    expect(logged.at(-1)?.reason).toContain('its api_domain names evil.example')
  })

  it('X-58: is not asked by what was sealed before it was taken off the list', async () => {
    const r = await using()
    r.upstream.on('id.acme.eu/token', reply(euTokens))
    const { refresh_token: handle, ...first } = await (await redeem(r, eu)).json()
    const { tokenOrigin, apiOrigin } = acme.learnt ?? {}
    if (!tokenOrigin || !apiOrigin) throw new Error('acme learns both')
    const learnt = {
      tokenOrigin: { ...tokenOrigin, within: ['https://id.acme.com'] },
      apiOrigin: { ...apiOrigin, within: ['https://api.acme.com'] },
    }
    const provider = { ...acme, learnt }
    const clients = { acme: { provider, clientId: 'id', clientSecret: 's' } }
    const later = { ...r, app: createExchangeServer(options({ fetch: r.upstream.fetch, clients })) }
    r.upstream.on('id.acme.com/revoke', reply({}))
    r.upstream.on('api.acme.com/v1/x', reply({}))
    const body = new URLSearchParams({ client_id: 'spa', token: handle })
    await later.app.request(`${baseUrl}/acme/revoke`, {
      method: 'POST',
      headers: { origin: page, 'content-type': 'application/x-www-form-urlencoded' },
      body,
    })
    const nonce = (await redeem(r, eu)).headers.get('dpop-nonce')
    expect((await call(later, 'api/x', first.access_token, nonce)).status).toBe(200)
    expect(asked(r)).toEqual([
      'id.acme.eu/token',
      'id.acme.com/revoke',
      'id.acme.eu/token',
      'api.acme.com/v1/x',
    ])
  })

  it('X-58: can be on this machine only where the exchange is', () => {
    const within = ['https://api.acme.com', 'http://*.acme.localhost:4180']
    const provider = { ...acme, learnt: { apiOrigin: { from: 'api_domain', within } } }
    const clients = { acme: { provider, clientId: 'id', clientSecret: 's' } }
    expect(() => createExchangeServer(options({ clients }))).toThrow('is this machine')
    const local = options({ clients, baseUrl: 'http://localhost:8787' })
    expect(() => createExchangeServer(local)).not.toThrow()
  })
})
