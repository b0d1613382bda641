import { afterEach, describe, expect, it, vi } from 'vitest'
import { baseUrl, dpop, newSealKey, reply, rig } from '../testing-internal/harness.ts'
import {
  tokenUrl,
  expiring,
  rotating,
  github1,
  refresh,
  signIn,
  errorOf,
} from '../testing-internal/steps.ts'

afterEach(() => void vi.useRealTimers())

describe('refreshing', () => {
  it('X-18: demands a proof with a nonce of ours', async () => {
    const r = await rig()
    r.upstream.on(tokenUrl, reply(rotating))
    const { refresh_token: handle = '', nonce } = await signIn(r)
    expect(await errorOf(await refresh(r, handle, { dpop: null }))).toEqual([
      400,
      'invalid_dpop_proof',
    ])
    for (const bad of [undefined, 'abc', `${nonce}x`, `0${nonce}`]) {
      const answer = await refresh(r, handle, { nonce: bad })
      expect(answer.headers.get('dpop-nonce')).toBeTruthy()
      expect(await errorOf(answer)).toEqual([400, 'use_dpop_nonce'])
    }
    expect(r.upstream.seen).toHaveLength(1)
    vi.useFakeTimers({ now: Date.now() + 301_000, toFake: ['Date'] })
    expect(await errorOf(await refresh(r, handle, { nonce }))).toEqual([400, 'use_dpop_nonce'])
  })

  it('X-18: refuses the handle to any other key, app and client', async () => {
    const r = await rig({ clients: { github: github1, second: github1 } })
    r.upstream.on(tokenUrl, reply(rotating))
    const { refresh_token: handle = '', nonce } = await signIn(r)
    const form = { grant_type: 'refresh_token', refresh_token: handle }
    const tries = [
      refresh(r, handle, { dpop: await dpop(), nonce }),
      r.post('/second/token', form, { nonce }),
      r.post(
        '/github/token',
        { ...form, client_id: 'other' },
        { nonce, headers: { origin: 'https://other.example.com' } },
      ),
    ]
    const bodies = await Promise.all(tries.map(async (answer) => (await answer).json()))
    for (const body of bodies) expect(body).toEqual(bodies[0])
    expect(bodies[0].error).toBe('invalid_grant')
    expect(r.upstream.seen).toHaveLength(1)
  })

  it('X-55: asks the provider once for refreshes with one handle', async () => {
    const r = await rig()
    r.upstream.on(tokenUrl, reply(rotating), reply({ ...rotating, access_token: 'gho_2' }))
    const { refresh_token: handle = '', nonce } = await signIn(r)
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => refresh(r, handle, { nonce })),
    )
    const tokens = await Promise.all(
      answers.map(async (answer) => (await answer.json()).access_token),
    )
    expect(new Set(tokens)).toEqual(new Set(['gho_2']))
    expect(r.upstream.seen).toHaveLength(2)
    // A proof works once, also within a nonce's life.
    const proof = await r.key.proof('POST', `${baseUrl}/github/token`, { nonce })
    const replayed = { jkt: r.key.jkt, proof: () => Promise.resolve(proof) }
    expect((await refresh(r, handle, { dpop: replayed })).status).toBe(200)
    expect(await errorOf(await refresh(r, handle, { dpop: replayed }))).toEqual([
      400,
      'invalid_dpop_proof',
    ])
  })

  it('X-56: has the platform wait for what has left, whoever has gone meanwhile', async () => {
    const works: Promise<unknown>[] = []
    const r = await rig({ waitUntil: (work) => works.push(work) })
    let release: (() => void) | undefined
    r.upstream.on(tokenUrl, reply(rotating), async () => {
      await new Promise<void>((resolve) => (release = resolve))
      return reply(rotating)()
    })
    const { refresh_token: handle = '', nonce } = await signIn(r)
    const left = vi.fn()
    works.length = 0
    void refresh(r, handle, { nonce })
    await vi.waitFor(() => expect(release).toBeDefined())
    expect(works).toHaveLength(1)
    void works[0]?.then(left)
    await Promise.resolve()
    expect(left).not.toHaveBeenCalled()
    release?.()
    await works[0]
    expect(left).toHaveBeenCalled()
  })

  it('keeps a refresh token that the provider did not renew, and narrows scopes only', async () => {
    const r = await rig()
    r.upstream.on(tokenUrl, reply(rotating), reply(expiring))
    const first = await signIn(r)
    const nonce = first['nonce']
    const second = await (await refresh(r, first['refresh_token'] ?? '', { nonce })).json()
    await refresh(r, second.refresh_token, { nonce }, { scope: 'read:user' })
    const third = new URLSearchParams(r.upstream.seen[2]?.body)
    expect([third.get('refresh_token'), third.get('scope')]).toEqual(['ghr_1', 'read:user'])
    const wide = await refresh(r, second.refresh_token, { nonce }, { scope: 'admin:org' })
    expect(await errorOf(wide)).toEqual([400, 'invalid_scope'])
  })

  it('renews a sealed token without asking a provider whose tokens never end', async () => {
    const r = await rig()
    r.upstream.on(tokenUrl, reply({ access_token: 'gho_1' }))
    const { refresh_token: handle = '', nonce } = await signIn(r)
    const answer = await refresh(r, handle, { nonce })
    expect(await answer.json()).toMatchObject({ token_type: 'DPoP', expires_in: 3600 })
    expect(r.upstream.seen).toHaveLength(1)
  })

  it('ends with idleness, and at the latest with the absolute life', async () => {
    const r = await rig({ idleLifetime: 1000, absoluteLifetime: 1500 })
    r.upstream.on(tokenUrl, reply(rotating))
    let { refresh_token: handle = '' } = await signIn(r)
    const at = Date.now()
    const later = async (seconds: number): Promise<Response> => {
      vi.useFakeTimers({ now: at + seconds * 1000, toFake: ['Date'] })
      const nonce = (await refresh(r, handle)).headers.get('dpop-nonce') ?? ''
      return refresh(r, handle, { nonce })
    }
    const idle = handle
    const once = await later(900)
    handle = (await once.json()).refresh_token
    expect((await later(1400)).status).toBe(200)
    expect(await errorOf(await later(1501))).toEqual([400, 'invalid_grant'])
    handle = idle
    expect(await errorOf(await later(1001))).toEqual([400, 'invalid_grant'])
  })

  it('X-14: works across a rotation of the seal keys, both ways', async () => {
    const [old, young] = [newSealKey('old'), newSealKey('young')]
    const r = await rig({ sealKeys: [old, young] })
    r.upstream.on(tokenUrl, reply(rotating))
    const { refresh_token: handle = '', nonce } = await signIn(r)
    const next = await rig({ sealKeys: [young, old], fetch: r.upstream.fetch })
    const gone = await rig({ sealKeys: [young], fetch: r.upstream.fetch })
    const dpopOfPage = { dpop: r.key, nonce }
    const rotated = await refresh(next, handle, dpopOfPage)
    expect(rotated.status).toBe(200)
    const { refresh_token: fresh } = await rotated.json()
    expect((await refresh(r, fresh, dpopOfPage)).status).toBe(200)
    const { nonce: own } = await signIn(gone)
    expect((await refresh(gone, fresh, { dpop: r.key, nonce: own })).status).toBe(200)
    expect(await errorOf(await refresh(gone, handle, { dpop: r.key, nonce: own }))).toEqual([
      400,
      'invalid_grant',
    ])
  })
})

it('repeats the scopes upstream where the declaration says so, and never names the page', async () => {
  const provider = {
    ...github1.provider,
    token: { ...github1.provider.token, repeatsScopes: true as const },
  }
  const r = await rig({ clients: { github: { ...github1, provider, scopes: ['read:user'] } } })
  r.upstream.on(tokenUrl, reply({ ...rotating, scope: 'read:user' }))
  const { refresh_token: handle = '', nonce } = await signIn(r)
  expect((await refresh(r, handle, { nonce })).status).toBe(200)
  expect(r.upstream.seen).toHaveLength(2)
  for (const { body, headers } of r.upstream.seen) {
    expect(new URLSearchParams(body).get('scope')).toBe('read:user')
    expect(headers.has('origin')).toBe(false)
  }
})
