import { describe, expect, it, vi } from 'vitest'
import { ath, baseUrl, page, reply, rig, type Rig } from '../testing-internal/harness.ts'
import { github1, signIn, tokenUrl } from '../testing-internal/steps.ts'

const api = 'api.github.com/user'

async function busyRig(): Promise<Rig & { call: () => Promise<Response> }> {
  const r = await rig({
    maxConcurrent: 2,
    clients: { github: { ...github1, relay: true }, second: github1 },
  })
  r.upstream.on(tokenUrl, reply({ access_token: 'gho_1' }))
  const { access_token: token = '', nonce } = await signIn(r)
  const address = `${baseUrl}/github/api/user`
  return {
    ...r,
    call: async () =>
      r.app.request(address, {
        headers: {
          origin: page,
          authorization: `DPoP ${token}`,
          dpop: await r.key.proof('GET', address, { nonce, ath: await ath(token) }),
        },
      }),
  }
}

describe('calls that are under way', () => {
  it('X-42: are limited for each client by itself', async () => {
    const r = await busyRig()
    const waiting: ((answer: Response) => void)[] = []
    r.upstream.on(api, () => new Promise((resolve) => waiting.push(resolve)))
    const slow = [r.call(), r.call()]
    await vi.waitFor(() => expect(waiting).toHaveLength(2))
    const refused = await r.call()
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1'])
    expect(waiting).toHaveLength(2)
    expect((await r.authorize('second')).status).toBe(303)
    for (const answer of waiting) answer(new Response('{}'))
    for (const answer of await Promise.all(slow)) await answer.text()
    r.upstream.on(api, reply('{}'))
    expect((await r.call()).status).toBe(200)
  })

  it('X-42: count until their answer has ended, whichever way it ends', async () => {
    const r = await busyRig()
    const endless = (): Response =>
      new Response(new ReadableStream({ pull: (c) => c.enqueue(new Uint8Array(9)) }))
    const broken = (): Response =>
      new Response(
        new ReadableStream({
          start: (c) => c.enqueue(new Uint8Array(9)),
          pull: (c) => c.error(new Error('cut')),
        }),
      )
    r.upstream.on(
      api,
      endless,
      endless,
      () => Promise.reject(new Error('down')),
      broken,
      reply('{}'),
    )
    const [one, two] = [await r.call(), await r.call()]
    expect((await r.call()).status).toBe(503)
    await one.body?.cancel()
    await two.body?.cancel()
    expect((await r.call()).status).toBe(503)
    await expect((await r.call()).text()).rejects.toThrow('broke off')
    for (let n = 0; n < 3; n++) expect(await (await r.call()).json()).toEqual({})
  })

  it("X-42: a provider's 429 is passed on, and asked for once", async () => {
    const r = await busyRig()
    r.upstream.on(api, reply('{}', 429, { 'retry-after': '7', 'x-ratelimit-remaining': '0' }))
    const seen = r.upstream.seen.length
    const answer = await r.call()
    expect([answer.status, answer.headers.get('dance-upstream')]).toEqual([429, '1'])
    expect(answer.headers.get('retry-after')).toBe('7')
    expect(answer.headers.get('x-ratelimit-remaining')).toBe('0')
    expect(r.upstream.seen).toHaveLength(seen + 1)
  })
})
