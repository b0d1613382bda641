import { github } from '@spa-dance/providers/github'
import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  ath,
  baseUrl,
  cookieOf,
  dpop,
  newSealKey,
  page,
  reply,
  rig,
  verifier,
  type Rig,
} from '../testing-internal/harness.ts'
import {
  errorOf,
  expiring,
  github1,
  redeem,
  refresh,
  rotating,
  signIn,
  tokenUrl,
} from '../testing-internal/steps.ts'

afterEach(() => void vi.useRealTimers())

const stateOf = (sent: Response): string =>
  new URL(sent.headers.get('location') ?? '').searchParams.get('state') ?? ''

describe('a page of another site', () => {
  const form = 'application/x-www-form-urlencoded'
  const ways: readonly [string, RequestInit][] = [
    ['a form', { method: 'POST', headers: { 'content-type': form } }],
    [
      'a form of files',
      { method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=x' } },
    ],
    ['text', { method: 'POST', headers: { 'content-type': 'text/plain' } }],
    ['a Blob without a type', { method: 'POST' }],
    [
      'a beacon',
      { method: 'POST', headers: { 'content-type': form, 'sec-fetch-mode': 'no-cors' } },
    ],
    ['an image', { method: 'GET' }],
    ['a link check', { method: 'HEAD' }],
  ]
  it.each(ways)('X-6: moves nothing by %s, with whatever cookies', async (_, init) => {
    const r = await rig()
    const cookie = cookieOf(await r.authorize('github'))
    const body = new URLSearchParams({
      client_id: 'spa',
      token: 'gho_1',
      grant_type: 'x',
    }).toString()
    for (const origin of ['https://evil.example', 'null']) {
      for (const path of ['/github/token', '/github/revoke', '/github/api/user']) {
        const { status } = await r.app.request(baseUrl + path, {
          ...init,
          ...(init.method === 'POST' && { body }),
          headers: { ...init.headers, cookie, origin },
        })
        expect(status).toBe(403)
      }
    }
    expect(r.upstream.seen).toEqual([])
  })

  it('X-6: is a page of ours of no more use, for no cookie is a credential', async () => {
    const r = await rig()
    const headers = { origin: page, cookie: cookieOf(await r.authorize('github')) }
    const answer = await r.app.request(`${baseUrl}/github/api/user`, { headers })
    expect(await errorOf(answer)).toEqual([401, 'invalid_token'])
  })

  it('X-7: can plant no login: a cookie counts only under its __Host- name, and with its own state', async () => {
    const r = await rig()
    const mine = await r.authorize('github')
    const attackers = await r.authorize('github')
    const back = async (state: string, cookie: string): Promise<number> => {
      const url = `${baseUrl}/github/callback?code=attackers&state=${state}`
      return (await r.app.request(url, { headers: { cookie } })).status
    }
    // A sibling host can set only names without the prefix.
    const planted = cookieOf(attackers).replace('__Host-', '')
    expect(await back(stateOf(attackers), `${cookieOf(mine)}; ${planted}`)).toBe(400)
    // Nor does the flow of one state open for another.
    const [name] = cookieOf(mine).split('=')
    const swapped = `${name}=${cookieOf(attackers).replace(/^[^=]*=/, '')}`
    expect(await back(stateOf(mine), swapped)).toBe(400)
    expect(await back(stateOf(mine), cookieOf(mine))).toBe(303)
    expect(mine.headers.getSetCookie().join()).not.toMatch(/domain=/i)
  })
})

describe('a login that somebody else began', () => {
  const clients = { github: github1, second: { ...github1, provider: github() } }
  const begun = async () => {
    const r = await rig({ clients })
    r.upstream.on(tokenUrl, reply(rotating))
    return { r, code: await r.code('github', { code: 'c' }, { dpop_jkt: r.key.jkt }) }
  }
  const finish = async (r: Rig, code: string, init: Parameters<Rig['post']>[2] = {}, more = {}) =>
    redeem(r, code, more, init)

  it('X-9: ends only in the browser that began it', async () => {
    const r = await rig({ clients })
    const [sent, other] = [await r.authorize('github'), await r.authorize('github')]
    const url = `${baseUrl}/github/callback?code=c&state=${stateOf(sent)}`
    for (const cookie of ['', cookieOf(other), cookieOf(sent).replace(/~.*/, '~x')]) {
      const answer = await r.app.request(url, { headers: { cookie } })
      expect([answer.status, answer.headers.get('location')]).toEqual([400, null])
    }
  })

  it.each([
    [
      'another verifier',
      async ({ r, code }) => finish(r, code, {}, { code_verifier: verifier.replace('d', 'e') }),
    ],
    [
      'another redirect URI',
      async ({ r, code }) => finish(r, code, {}, { redirect_uri: `${page}/callback/github/` }),
    ],
    [
      'another app',
      async ({ r, code }) =>
        finish(
          r,
          code,
          { headers: { origin: 'https://other.example.com' } },
          { client_id: 'other' },
        ),
    ],
    [
      'another client',
      async ({ r, code }) =>
        r.post('/second/token', {
          grant_type: 'authorization_code',
          code,
          code_verifier: verifier,
        }),
    ],
    ['another key', async ({ r, code }) => finish(r, code, { dpop: await dpop() })],
    ['no key', async ({ r, code }) => finish(r, code, { dpop: null })],
    [
      'a code past its time',
      async ({ r, code }) => {
        vi.useFakeTimers({ now: Date.now() + 61_000, toFake: ['Date'] })
        return finish(r, code)
      },
    ],
  ] as readonly [string, (begun: { r: Rig; code: string }) => Promise<Response>][])(
    'X-9: is not redeemed with %s, and the provider is not asked',
    async (_, attempt) => {
      const login = await begun()
      const answer = await attempt(login)
      expect(answer.status).toBe(400)
      expect(login.r.upstream.seen).toEqual([])
      vi.useRealTimers()
      expect((await finish(login.r, login.code)).status).toBe(200)
    },
  )
})

describe('a new seal key', () => {
  const [old, young] = [newSealKey('old'), newSealKey('young')]

  it.each([
    ['is added at the end', [old], [old, young]],
    ['comes to the front', [old, young], [young, old]],
    ['is the only one', [young, old], [young]],
  ])('X-14: breaks no login while it %s on one instance after the other', async (_, from, to) => {
    const one = await rig({ sealKeys: from, clients: { github: { ...github1, relay: true } } })
    const { fetch } = one.upstream
    const two = await rig({ sealKeys: to, clients: { github: { ...github1, relay: true } }, fetch })
    one.upstream.on(tokenUrl, reply(rotating))
    // Whoever served last, the other is next; and the last step seals by the new key alone.
    const orders =
      from[0] === to[0] || to.length > 1
        ? [
            [one, two],
            [two, one],
          ]
        : [[two, one]]
    for (const [a, b] of orders as [Rig, Rig][]) {
      const sent = await a.authorize('github')
      const url = `${baseUrl}/github/callback?code=c&state=${stateOf(sent)}`
      const back = await b.app.request(url, { headers: { cookie: cookieOf(sent) } })
      const code = new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? ''
      const answer = await redeem(a, code, {}, { dpop: one.key })
      const { refresh_token: handle } = await answer.json()
      const nonce = answer.headers.get('dpop-nonce') ?? ''
      const renewed = await refresh(b, handle, { dpop: one.key, nonce })
      expect([answer.status, renewed.status]).toEqual([200, 200])
    }
  })
})

describe('instances whose clocks differ', () => {
  const dance = async (seconds: number): Promise<number[]> => {
    const upstreamOf = await rig()
    upstreamOf.upstream.on(tokenUrl, reply(rotating))
    upstreamOf.upstream.on('api.github.com/user', reply({}))
    const shared = {
      clients: { github: { ...github1, relay: true } },
      fetch: upstreamOf.upstream.fetch,
    }
    const [a, b] = [await rig(shared), await rig(shared)]
    const real = Date.now()
    const at = (offset: number): void =>
      void vi.useFakeTimers({ now: real + offset * 1000, toFake: ['Date'] })
    const sent = await a.authorize('github')
    at(seconds)
    const url = `${baseUrl}/github/callback?code=c&state=${stateOf(sent)}`
    const back = await b.app.request(url, { headers: { cookie: cookieOf(sent) } })
    if (back.status !== 303) return [back.status]
    const code = new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? ''
    at(0)
    const answer = await redeem(a, code)
    if (answer.status !== 200) return [answer.status]
    const { refresh_token: handle, access_token: token } = await answer.json()
    const nonce = answer.headers.get('dpop-nonce') ?? ''
    // The page's clock is right: its proof is as old for one instance as it is early for the other.
    const proof = await a.key.proof('GET', `${baseUrl}/github/api/user`, {
      nonce,
      ath: await ath(token),
    })
    at(seconds)
    const headers = { origin: page, authorization: `DPoP ${token}`, dpop: proof }
    const called = await b.app.request(`${baseUrl}/github/api/user`, { headers })
    const renewed = await refresh(b, handle, { dpop: a.key, nonce })
    return [answer.status, called.status, renewed.status]
  }

  it.each([-50, 50])('X-17: understand each other at %i seconds', async (seconds) => {
    expect(await dance(seconds)).toEqual([200, 200, 200])
  })

  it('X-17: take no nonce that is made more than a minute ahead', async () => {
    const [a, b] = [await rig(), await rig()]
    a.upstream.on(tokenUrl, reply(rotating))
    const { refresh_token: handle = '', nonce } = await signIn(a)
    b.upstream.on(tokenUrl, reply(rotating))
    const behind = async (seconds: number) => {
      vi.useFakeTimers({ now: Date.now() - seconds * 1000, toFake: ['Date'] })
      const answer = await refresh(b, handle, { dpop: a.key, nonce })
      vi.useRealTimers()
      return (await answer.json()).error
    }
    expect(await behind(120)).toBe('use_dpop_nonce')
    expect(await behind(50)).toBeUndefined()
  })

  it.each([-120, 700])('X-17: do not at %i seconds', async (seconds) => {
    expect(await dance(seconds)).not.toEqual([200, 200, 200])
  })
})

describe('an answer of an API', () => {
  const called = async (type: string, body: string, headers: Record<string, string> = {}) => {
    const r = await rig({ clients: { github: { ...github1, relay: true } } })
    r.upstream.on(tokenUrl, reply(expiring))
    r.upstream.on('api.github.com/user', reply(body, 200, { 'content-type': type }))
    const { access_token: token = '', nonce } = await signIn(r)
    const url = `${baseUrl}/github/api/user`
    const proof = await r.key.proof('GET', url, { nonce, ath: await ath(token) })
    const authorized = { origin: page, authorization: `DPoP ${token}`, dpop: proof }
    return r.app.request(url, { headers: { ...authorized, ...headers } })
  }

  it.each([
    'text/html',
    'TEXT/HTML; charset=utf-8',
    'image/svg+xml',
    'application/xhtml+xml',
    'text/xml',
    'application/pdf',
    'text/javascript',
    '',
    'application/json-but-not; text/html',
  ])('X-26: of type %j is a download in a sandbox, never a page of ours', async (type) => {
    const { headers } = await called(type, '<script>1</script>')
    expect(headers.get('content-disposition')).toBe('attachment')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
  })

  it('X-26: is out of reach of a navigation, which has no way to show a key', async () => {
    const r = await rig()
    for (const origin of [undefined, page]) {
      const headers = { 'sec-fetch-mode': 'navigate', ...(origin && { origin }) }
      const answer = await r.app.request(`${baseUrl}/github/api/user`, { headers })
      expect([401, 403]).toContain(answer.status)
      expect(answer.headers.get('content-type')).toBe('application/json')
    }
    expect(r.upstream.seen).toEqual([])
  })

  it('X-48: changes no prototype, and neither does a request', async () => {
    const hostile = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'
    const r = await rig()
    r.upstream.on(tokenUrl, reply(`${hostile.slice(0, -1)},"access_token":"at"}`))
    const answer = await redeem(r, await r.code('github', { code: 'c' }), {
      __proto__: 'x',
      'constructor.prototype.polluted': '1',
      '__proto__[polluted]': '1',
    })
    expect(Object.keys(await answer.json())).not.toContain('polluted')
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      const sent = await r.authorize('github', { client_id: name })
      expect([sent.status, sent.headers.get('location')]).toEqual([400, null])
      expect((await r.app.request(`${baseUrl}/${name}/authorize`)).status).toBe(404)
      const form = { client_id: name, grant_type: name, token: name }
      expect((await r.post('/github/token', form)).status).toBe(401)
    }
  })
})

describe('a token reply', () => {
  it.each([
    ['JSON', '{"access_token":"at","token_type":"bearer","expires_in":60}', 'application/json'],
    [
      'a form',
      'access_token=at&token_type=bearer&expires_in=60',
      'application/x-www-form-urlencoded',
    ],
    [
      'a form that says it is text',
      'access_token=at&token_type=bearer&expires_in=60',
      'text/plain',
    ],
  ])('X-32: is read as %s', async (_, body, type) => {
    const r = await rig()
    r.upstream.on(tokenUrl, reply(body, 200, { 'content-type': type }))
    const answer = await redeem(r, await r.code('github', { code: 'c' }))
    expect(await answer.json()).toMatchObject({ access_token: 'at', expires_in: 60 })
  })

  it.each([
    ['JSON', '{"error":"bad_verification_code","access_token":"at"}'],
    ['a form', 'error=bad_verification_code&error_description=x&access_token=at'],
  ])('X-32: is an error under status 200 too, as %s', async (_, body) => {
    const r = await rig()
    r.upstream.on(tokenUrl, reply(body))
    const answer = await redeem(r, await r.code('github', { code: 'c' }))
    expect(await errorOf(answer)).toEqual([400, 'invalid_grant'])
  })
})

it('X-50: what can not be opened is answered alike, whatever is wrong with it', async () => {
  const r = await rig({ clients: { github: { ...github1, relay: true }, second: github1 } })
  r.upstream.on(tokenUrl, reply(rotating))
  const tokens = await signIn(r)
  const { refresh_token: handle = '', access_token: token = '', nonce } = tokens
  const code = await r.code('github', { code: 'c' })
  const forged = handle.replace(/\.(.)([^.]*)$/, (_, a, rest) => `.${a === 'A' ? 'B' : 'A'}${rest}`)
  const texts = new Set<string>()
  for (const value of ['', 'x', 'a.b.c.d.e', forged, token, code, 'x'.repeat(30_000)].slice(1)) {
    const answer = await refresh(r, value, { nonce })
    texts.add(`${answer.status} ${await answer.text()}`)
  }
  for (const value of ['x', forged, token, handle]) {
    const answer = await redeem(r, value)
    texts.add(`${answer.status} ${await answer.text()}`)
  }
  vi.useFakeTimers({ now: Date.now() + 40 * 86_400_000, toFake: ['Date'] })
  const late = await redeem(r, code)
  texts.add(`${late.status} ${await late.text()}`)
  expect([...texts]).toEqual([expect.stringMatching(/^400 \{"error":"invalid_grant"/)])
})
