import { discord } from '@spa-dance/providers/discord'
import { github } from '@spa-dance/providers/github'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { memoryStore } from '../store/memory.ts'
import { dpop, page, reply, rig, sealKey, verifier } from '../testing-internal/harness.ts'
import {
  tokenUrl,
  expiring,
  rotating,
  github1,
  redeem,
  refresh,
  signIn,
  errorOf,
  type Init,
} from '../testing-internal/steps.ts'

afterEach(() => void vi.useRealTimers())

describe('redeeming a code', () => {
  it.each([
    ['the verifier of another', { code_verifier: 'x'.repeat(43) }],
    ['another redirect_uri', { redirect_uri: `${page}/callback/other` }],
  ])('B-10: refuses %s before the provider is asked', async (_, more) => {
    const r = await rig()
    const code = await r.code('github', { code: 'upstream-code' })
    expect(await errorOf(await redeem(r, code, more))).toEqual([400, 'invalid_grant'])
    expect(r.upstream.seen).toEqual([])
  })

  it('X-11: refuses a code of another client or another app', async () => {
    const r = await rig({
      clients: { github: github1, second: { ...github1, clientId: 'second' } },
    })
    const code = await r.code('github', { code: 'upstream-code' })
    const form = { grant_type: 'authorization_code', code, code_verifier: verifier }
    expect(await errorOf(await r.post('/second/token', form, { dpop: null }))).toEqual([
      400,
      'invalid_grant',
    ])
    const other = { ...form, client_id: 'other' }
    const headers = { origin: 'https://other.example.com' }
    expect(await errorOf(await r.post('/github/token', other, { headers, dpop: null }))).toEqual([
      400,
      'invalid_grant',
    ])
  })

  it('ends a code after a minute, or when the provider ends its own', async () => {
    const provider = github()
    const authorization = { ...provider.authorization, codeLifetime: 30 }
    for (const [seconds, clients] of [
      [61, { github: github1 }],
      [31, { github: { ...github1, provider: { ...provider, authorization } } }],
    ] as const) {
      const r = await rig({ clients })
      const code = await r.code('github', { code: 'upstream-code' })
      vi.useFakeTimers({ now: Date.now() + seconds * 1000, toFake: ['Date'] })
      expect(await errorOf(await redeem(r, code, {}, { dpop: null }))).toEqual([
        400,
        'invalid_grant',
      ])
      vi.useRealTimers()
    }
  })

  it('X-56: takes a code once, but lets the holder of its key fetch a lost answer', async () => {
    const r = await rig()
    r.upstream.on(tokenUrl, reply(rotating))
    const code = await r.code('github', { code: 'upstream-code' })
    const [one, two] = await Promise.all([redeem(r, code), redeem(r, code)])
    expect([one.status, two.status]).toEqual([200, 200])
    expect(r.upstream.seen).toHaveLength(1)
    const stranger = await dpop()
    for (const by of [stranger, null]) {
      expect(await errorOf(await redeem(r, code, {}, { dpop: by }))).toEqual([400, 'invalid_grant'])
    }
    vi.useFakeTimers({ now: Date.now() + 31_000, toFake: ['Date'] })
    expect(await errorOf(await redeem(r, code))).toEqual([400, 'invalid_grant'])
    expect(r.upstream.seen).toHaveLength(1)
  })

  it('X-56: takes a code without a key once, and keeps nothing of the answer', async () => {
    const kept: string[] = []
    const store = memoryStore()
    const share: typeof store.share = (key, seconds, work) =>
      store.share(key, seconds, async () => {
        kept.push(await work())
        return kept[0] ?? ''
      })
    const r = await rig({ store: { ...store, share } })
    r.upstream.on(tokenUrl, reply({}, 503), reply(expiring))
    const code = await r.code('github', { code: 'upstream-code' })
    const unbound = (init: Init = { dpop: null }) => redeem(r, code, {}, init)
    // What failed was no use of it.
    expect((await unbound()).status).toBe(503)
    const both = await Promise.all([unbound(), unbound()])
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 400]))
    for (const init of [{ dpop: null }, {}]) {
      expect(await errorOf(await unbound(init))).toEqual([400, 'invalid_grant'])
    }
    expect(r.upstream.seen).toHaveLength(2)
    expect(kept).toEqual([''])
  })

  it('binds a code to dpop_jkt, where the page sent it', async () => {
    const r = await rig()
    r.upstream.on(tokenUrl, reply(rotating))
    const bound = () => r.code('github', { code: 'c' }, { dpop_jkt: r.key.jkt })
    for (const by of [null, await dpop()]) {
      expect(await errorOf(await redeem(r, await bound(), {}, { dpop: by }))).toEqual([
        400,
        'invalid_dpop_proof',
      ])
    }
    expect((await redeem(r, await bound())).status).toBe(200)
  })

  it('asks a page whose clock is wrong for a proof with a nonce', async () => {
    const r = await rig()
    r.upstream.on(tokenUrl, reply(rotating))
    const code = await r.code('github', { code: 'c' })
    const iat = Math.floor(Date.now() / 1000) + 7200
    const late = {
      jkt: r.key.jkt,
      proof: (method: string, url: string, more = {}) => r.key.proof(method, url, { iat, ...more }),
    }
    const first = await redeem(r, code, {}, { dpop: late })
    const nonce = first.headers.get('dpop-nonce') ?? ''
    expect(await errorOf(first)).toEqual([400, 'use_dpop_nonce'])
    expect((await redeem(r, code, {}, { dpop: late, nonce })).status).toBe(200)
  })
})

describe('what the page gets', () => {
  const cases: readonly [string, object, object, 'Bearer' | 'DPoP', number | undefined][] = [
    [
      'its own token, where it ends within a day and the API has CORS',
      rotating,
      {},
      'Bearer',
      28_800,
    ],
    ['a sealed one, where it never ends', { access_token: 'gho_1' }, {}, 'DPoP', 3600],
    [
      'a sealed one, where it ends after a day',
      { ...expiring, expires_in: 86_401 },
      {},
      'DPoP',
      3600,
    ],
    ['a sealed one with relay: true', expiring, { relay: true }, 'DPoP', 3600],
    [
      'a sealed one that ends a minute earlier',
      { ...expiring, expires_in: 600 },
      { relay: true },
      'DPoP',
      540,
    ],
    [
      'a sealed one that lives half of a short life',
      { ...expiring, expires_in: 60 },
      { relay: true },
      'DPoP',
      30,
    ],
    [
      'its own token with bearer: true',
      { access_token: 'gho_1' },
      { bearer: true },
      'Bearer',
      undefined,
    ],
  ]
  it.each(cases)('is %s', async (_, answer, more, type, expiresIn) => {
    const r = await rig({ clients: { github: { ...github1, ...more } } })
    r.upstream.on(tokenUrl, reply(answer))
    const tokens = await signIn(r)
    expect(tokens['token_type']).toBe(type)
    expect(tokens.expires_in).toBe(expiresIn)
    expect(tokens['access_token'] === 'gho_1').toBe(type === 'Bearer')
    expect(tokens['scope']).toBe('read:user user:email')
  })

  it('is sealed where the API has no CORS', async () => {
    const provider = { ...discord(), api: { ...discord().api, cors: false } }
    const r = await rig({ clients: { discord: { provider, clientId: 'd', clientSecret: 's' } } })
    r.upstream.on('discord.com/api/oauth2/token', reply({ ...expiring, expires_in: 60 }))
    const code = await r.code('discord', { code: 'c' })
    const form = { grant_type: 'authorization_code', code, code_verifier: verifier }
    const blind = await r.post('/discord/token', form, { dpop: null })
    expect(await errorOf(blind)).toEqual([400, 'invalid_dpop_proof'])
    // The provider's code is not spent in vain.
    expect(r.upstream.seen).toEqual([])
    expect((await (await r.post('/discord/token', form)).json()).token_type).toBe('DPoP')
  })

  it('holds no handle without a proof', async () => {
    const r = await rig()
    r.upstream.on(tokenUrl, reply(rotating))
    expect(await signIn(r, { dpop: null })).toEqual({
      ...expiring,
      token_type: 'Bearer',
      scope: 'read:user user:email',
      nonce: undefined,
    })
  })

  it('is refused where it has to be sealed, and no key was shown', async () => {
    const r = await rig()
    r.upstream.on(tokenUrl, reply({ access_token: 'gho_1' }))
    const code = await r.code('github', { code: 'c' })
    expect(await errorOf(await redeem(r, code, {}, { dpop: null }))).toEqual([
      400,
      'invalid_dpop_proof',
    ])
  })

  it("X-19: holds nothing that is the exchange's to keep", async () => {
    const r = await rig({ clients: { github: { ...github1, relay: true } } })
    r.upstream.on(tokenUrl, reply(rotating))
    const text = JSON.stringify(await signIn(r))
    for (const secret of ['gh-SECRET', 'ghr_1', 'gho_1', sealKey.slice(3)]) {
      expect(text).not.toContain(secret)
    }
  })

  it('names the account, where the provider does', async () => {
    const provider = { ...github(), account: 'user_id' }
    const r = await rig({ clients: { github: { ...github1, provider } } })
    r.upstream.on(tokenUrl, reply({ ...rotating, user_id: 42 }), reply(rotating))
    const tokens = await signIn(r)
    expect(tokens['account']).toEqual({ id: '42' })
    const again = await refresh(r, tokens['refresh_token'] ?? '', { nonce: tokens['nonce'] })
    expect((await again.json()).account).toEqual({ id: '42' })
  })
})
