import { afterEach, describe, expect, it, vi } from 'vitest'
import { reply, rig, type Rig } from '../testing-internal/harness.ts'
import { errorOf, redeem, refresh, rotating, signIn, tokenUrl } from '../testing-internal/steps.ts'
import type { ExchangeStore } from '../types.ts'
import { StoreDownError } from './down.ts'
import { memoryStore } from './memory.ts'
import { sharedStore } from './shared.ts'

afterEach(() => void vi.unstubAllGlobals())

const isDown = (): Promise<never> => Promise.reject(new StoreDownError())
const down: ExchangeStore = { first: isDown, share: isDown, count: isDown }

async function rigWith(store: ExchangeStore): Promise<Rig> {
  const r = await rig({ store })
  r.upstream.on(tokenUrl, reply(rotating))
  return r
}

describe('a store that is down', () => {
  it('X-55: holds up a refresh, which a second instance might be at', async () => {
    const r = await rigWith(down)
    const { refresh_token: handle = '', nonce } = await signIn(r)
    const answer = await refresh(r, handle, { nonce })
    expect(answer.headers.get('retry-after')).toBe('5')
    expect(await errorOf(answer)).toEqual([503, 'temporarily_unavailable'])
    expect(r.upstream.seen).toHaveLength(1)
  })

  it('X-16: leaves one instance what it can promise by itself', async () => {
    const r = await rigWith(down)
    const code = await r.code('github', { code: 'upstream-code' })
    expect((await redeem(r, code, {}, { dpop: null })).status).toBe(200)
    expect(await errorOf(await redeem(r, code, {}, { dpop: null }))).toEqual([400, 'invalid_grant'])
    expect(r.upstream.seen).toHaveLength(1)

    const other = await r.code('github', { code: 'upstream-code' })
    const proof = await r.key.proof('POST', 'https://auth.example.com/github/token')
    const replayed = { jkt: r.key.jkt, proof: () => Promise.resolve(proof) }
    expect((await redeem(r, other, {}, { dpop: replayed })).status).toBe(200)
    expect(await errorOf(await redeem(r, other, {}, { dpop: replayed }))).toEqual([
      400,
      'invalid_dpop_proof',
    ])
  })
})

it('X-55: a store that had to forget an answer lets nobody refresh again', async () => {
  const r = await rigWith(memoryStore({ answerBytes: 1 }))
  const { refresh_token: handle = '', nonce } = await signIn(r)
  expect((await refresh(r, handle, { nonce })).status).toBe(200)
  expect(await errorOf(await refresh(r, handle, { nonce }))).toEqual([
    503,
    'temporarily_unavailable',
  ])
  expect(r.upstream.seen).toHaveLength(2)
})

it('X-13: an answer in the store that was put under another key is given to nobody', async () => {
  const store = memoryStore()
  const answers: string[] = []
  const r = await rigWith({
    ...store,
    async share(key, seconds, work) {
      const answer = await store.share(key, seconds, work)
      answers.push(answer)
      return answers[0] ?? answer
    },
  })
  const mine = await r.code('github', { code: 'mine' })
  const yours = await r.code('github', { code: 'yours' })
  expect((await redeem(r, mine)).status).toBe(200)
  expect((await redeem(r, yours)).status).toBe(200)
  // From now on the store has the answer to `mine` for everybody.
  expect((await redeem(r, mine)).status).toBe(200)
  expect(await errorOf(await redeem(r, yours))).toEqual([500, 'server_error'])
})

it('X-55: on Cloudflare Workers no request waits for a promise of another', async () => {
  const shares = (): boolean => {
    const store = sharedStore(undefined)
    const work = (): Promise<string> => Promise.resolve('answer')
    return store.share('key', 60, work) === store.share('key', 60, work)
  }
  expect(shares()).toBe(true)
  vi.stubGlobal('navigator', { userAgent: 'Cloudflare-Workers' })
  expect(shares()).toBe(false)
})
