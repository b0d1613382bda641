import { afterEach, describe, expect, it, vi } from 'vitest'
import { memoryStore } from '../store/memory.ts'
import { ath, baseUrl, page, reply, rig, type Rig } from '../testing-internal/harness.ts'
import { errorOf, github1, refresh, rotating, signIn, tokenUrl } from '../testing-internal/steps.ts'
import type { ExchangeOptions, RateLimit } from '../types.ts'
import { networkOf } from './address.ts'

afterEach(() => void vi.useRealTimers())

describe('what counts as one caller', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    [' 192.0.2.7 ', '192.0.2.7'],
    ['192.0.2.7:54321', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::FFFF:c000:207', '192.0.2.7'],
    ['0:0:0:0:0:ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::ffff', '2001:db8:1:2::/64'],
    ['[2001:db8:1:2::9]:443', '2001:db8:1:2::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['', 'unknown'],
    ['unknown', 'unknown'],
    ['_hidden', 'unknown'],
    ['999.1.1.1', 'unknown'],
    ['1.2.3.4.evil.example', 'unknown'],
    ['2001:db8::1]/x', 'unknown'],
  ])('X-40: is %j as %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })
})

/** An exchange that is told the address by a header, as no real one should be. */
async function limited(rateLimit: RateLimit, more: Partial<ExchangeOptions> = {}): Promise<Rig> {
  const r = await rig({
    rateLimit,
    addressOf: (request) => request.headers.get('x-test-address'),
    ...more,
  })
  r.upstream.on(tokenUrl, reply(rotating))
  return r
}

const from = (address: string) => ({ 'x-test-address': address })
const ask = (r: Rig, address: string, client = 'github'): Promise<Response> =>
  r.post(`/${client}/token`, {}, { headers: from(address) })

describe('rate limits', () => {
  it('X-41: refuse an address what is beyond its limit, for the rest of the minute', async () => {
    vi.useFakeTimers({ now: 1_800_000_010_000, toFake: ['Date'] })
    const r = await limited({ perAddress: 3 })
    const statuses = await Promise.all(
      Array.from({ length: 5 }, async () => (await ask(r, '192.0.2.7')).status),
    )
    expect(statuses.filter((status) => status === 429)).toHaveLength(2)
    const refused = await ask(r, '::ffff:192.0.2.7')
    expect(refused.headers.get('retry-after')).toBe('50')
    // The page can read why.
    expect(refused.headers.get('access-control-allow-origin')).toBe(page)
    expect(await errorOf(refused)).toEqual([429, 'temporarily_unavailable'])
    expect((await ask(r, '192.0.2.8')).status).toBe(400)
    expect((await ask(r, '192.0.2.7', 'twitter')).status).toBe(400)
    vi.setSystemTime(1_800_000_060_000)
    expect((await ask(r, '192.0.2.7')).status).toBe(400)
  })

  it('X-41: show a page to a person', async () => {
    const r = await limited({ perAddress: 1 })
    const visit = (): Promise<Response> =>
      Promise.resolve(r.app.request(`${baseUrl}/github/callback`, { headers: from('192.0.2.7') }))
    await visit()
    const answer = await visit()
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      429,
      'text/html; charset=utf-8',
    ])
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  it('X-41: count a key at refreshes and relayed calls, wherever it comes from', async () => {
    const clients = { github: { ...github1, relay: true } }
    const r = await limited({ perKey: 3 }, { clients })
    r.upstream.on('api.github.com/user', reply({}))
    const { access_token: token = '', refresh_token: handle = '', nonce } = await signIn(r)
    const address = `${baseUrl}/github/api/user`
    const call = async (): Promise<Response> =>
      r.app.request(address, {
        headers: {
          origin: page,
          authorization: `DPoP ${token}`,
          dpop: await r.key.proof('GET', address, { nonce, ath: await ath(token) }),
        },
      })
    expect((await refresh(r, handle, { nonce, headers: from('192.0.2.7') })).status).toBe(200)
    expect((await call()).status).toBe(200)
    const asked = r.upstream.seen.length
    expect(await errorOf(await call())).toEqual([429, 'temporarily_unavailable'])
    const refused = await refresh(r, handle, { nonce, headers: from('192.0.2.8') })
    expect(await errorOf(refused)).toEqual([429, 'temporarily_unavailable'])
    expect(r.upstream.seen).toHaveLength(asked)
  })

  it('X-41: hold over all instances that share a store', async () => {
    const store = memoryStore()
    const [one, two] = await Promise.all([
      limited({ perAddress: 2 }, { store }),
      limited({ perAddress: 2 }, { store }),
    ])
    expect((await ask(one, '192.0.2.7')).status).toBe(400)
    expect((await ask(two, '192.0.2.7')).status).toBe(400)
    expect((await ask(one, '192.0.2.7')).status).toBe(429)
    expect((await ask(two, '192.0.2.7')).status).toBe(429)
  })

  it('X-38: are whole numbers, and need an address', async () => {
    const wrong = (options: Partial<ExchangeOptions>) => rig(options)
    await expect(wrong({ rateLimit: { perAddress: 5 } })).rejects.toThrow(/needs addressOf/)
    await expect(wrong({ rateLimit: { perKey: 0 } })).rejects.toThrow(/rateLimit.perKey is 0/)
    await expect(wrong({ maxConcurrent: 1.5 })).rejects.toThrow(/maxConcurrent is 1.5/)
  })
})
