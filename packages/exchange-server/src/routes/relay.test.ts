import { createHmac } from 'node:crypto'
import { github } from '@spa-dance/providers/github'
import { describe, expect, it } from 'vitest'
import { percentEncode } from '../oauth1/params.ts'
import { rawTarget } from '../raw-target.ts'
import {
  ath,
  baseUrl,
  dpop,
  page,
  reply,
  rig,
  verifier,
  type Dpop,
  type Rig,
} from '../testing-internal/harness.ts'
import { oracleBaseString } from '../testing-internal/rfc5849.ts'

const relayed = {
  github: {
    provider: {
      ...github(),
      api: { ...github().api, headers: { Accept: 'application/vnd.github+json' } },
    },
    clientId: 'gh-id',
    clientSecret: 'gh-SECRET',
    relay: true,
  },
}

interface Signed {
  readonly r: Rig
  readonly token: string
  readonly nonce: string
}

/** Signs in with a sealed token. */
async function signIn(client: 'github' | 'twitter', r: Rig): Promise<Signed> {
  r.upstream.on(
    'api.x.com/oauth/request_token',
    reply('oauth_token=rt&oauth_token_secret=rs&oauth_callback_confirmed=true'),
  )
  r.upstream.on(
    'api.x.com/oauth/access_token',
    reply('oauth_token=at&oauth_token_secret=ts&user_id=7&screen_name=me'),
  )
  r.upstream.on('github.com/login/oauth/access_token', reply({ access_token: 'gho_1' }))
  const code =
    client === 'github'
      ? await r.code(client, { code: 'c' })
      : await r.code(client, { oauth_token: 'rt', oauth_verifier: 'v' })
  const answer = await r.post(`/${client}/token`, {
    grant_type: 'authorization_code',
    code,
    code_verifier: verifier,
  })
  const tokens = await answer.json()
  expect(tokens.token_type).toBe('DPoP')
  expect(tokens.account).toEqual(client === 'twitter' ? { id: '7' } : undefined)
  r.upstream.seen.length = 0
  return { r, token: tokens.access_token, nonce: answer.headers.get('dpop-nonce') ?? '' }
}

const github1 = async () => signIn('github', await rig({ clients: relayed }))
const twitter1 = async () => signIn('twitter', await rig())

interface Init {
  method?: string
  body?: string | Uint8Array<ArrayBuffer>
  headers?: Record<string, string>
  by?: Dpop
  proof?: Record<string, unknown>
}

async function call(
  { r, token, nonce }: Signed,
  path: string,
  { method = 'GET', body, headers = {}, by = r.key, proof = {} }: Init = {},
): Promise<Response> {
  const htu = baseUrl + path.split('?')[0]
  const dpopProof = await by.proof(method, htu, { nonce, ath: await ath(token), ...proof })
  // The platform's raw target, as ./node hands it over: a Request would have tidied it up.
  return r.app.request(
    `${baseUrl}${path}`,
    {
      method,
      headers: { origin: page, authorization: `DPoP ${token}`, dpop: dpopProof, ...headers },
      ...(body !== undefined && { body }),
    },
    { [rawTarget]: path },
  )
}

describe('the relay', () => {
  it('adds the token, and passes the answer on', async () => {
    const s = await github1()
    s.r.upstream.on(
      'api.github.com/user/repos',
      reply([{ id: 1 }], 200, { link: '<x>; rel="next"' }),
    )
    const answer = await call(s, '/github/api/user/repos?per_page=5&q=a%20b')
    expect([answer.status, await answer.json()]).toEqual([200, [{ id: 1 }]])
    expect(answer.headers.get('link')).toBe('<x>; rel="next"')
    expect(answer.headers.get('dance-upstream')).toBe('1')
    expect(answer.headers.get('dpop-nonce')).toBeTruthy()
    const [seen] = s.r.upstream.seen
    expect(seen?.url.href).toBe('https://api.github.com/user/repos?per_page=5&q=a%20b')
    expect(seen?.headers.get('authorization')).toBe('Bearer gho_1')
    expect(seen?.headers.get('accept')).toBe('application/vnd.github+json')
  })

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('sends a %s with its very bytes', async (method) => {
    const s = await github1()
    s.r.upstream.on('api.github.com/gists', reply({ id: 'g' }, 201))
    const headers = { 'content-type': 'application/json' }
    const answer = await call(s, '/github/api/gists', { method, body: '{"é":1}', headers })
    expect(answer.status).toBe(201)
    expect(s.r.upstream.seen[0]).toMatchObject({ method, body: '{"é":1}' })
  })

  it.each(['TRACE', 'PROPFIND', 'OPTIONS'])('X-35: does not relay %s', async (method) => {
    const s = await github1()
    // `Request` refuses TRACE by itself; a server hands it over.
    const target = new Request(`${baseUrl}/github/api/user`, { headers: { origin: page } })
    const request = new Proxy(target, {
      get: (of, name) => (name === 'method' ? method : Reflect.get(of, name, of)),
    })
    const answer = await s.r.app.request(request)
    expect(answer.status).toBe(method === 'OPTIONS' ? 204 : 405)
    expect(s.r.upstream.seen).toEqual([])
  })

  it.each([
    '//evil.example/x',
    '/\\evil.example',
    '/\\\\evil.example',
    '/%5c%5cevil.example/x',
    '/%09//evil.example',
    '/\t//evil.example',
    '/http:/evil.example',
    '/HTTPS://evil.example',
    '/javascript:alert(1)',
    '/data:text/html,x',
    '/file:///etc/passwd',
    '/@evil.example/x',
    '/../../oauth/token',
    '/a/../../oauth/token',
    '/a/./b',
    '/%2e%2e/%2e%2e/oauth/token',
    '/..%2f..%2foauth/token',
    '/..;/..;/oauth/token',
    '/.;x/b',
    '/a%00b',
    '/a%0d%0aX: 1',
    '/a\r\nX: 1',
    '/a//b',
    '/a#b',
    '/a%zz',
    '/é',
    '/a b',
    '/user?a=%',
    '/user?a=\\',
    '/user?a=#x',
    '.evil.example',
    ':80@evil.example',
    '-0/user',
    '-1/user',
    '-100/user',
  ])('X-20: does not relay /api%s', async (suffix) => {
    const s = await github1()
    const path = `/github/api${suffix}`
    const answer = await s.r.app.request(
      `${baseUrl}/github/api/x`,
      {
        headers: {
          origin: page,
          authorization: `DPoP ${s.token}`,
          dpop: await s.r.key.proof('GET', `${baseUrl}/github/api/x`, {
            nonce: s.nonce,
            ath: await ath(s.token),
          }),
        },
      },
      { [rawTarget]: path },
    )
    expect([400, 404]).toContain(answer.status)
    expect((await answer.json()).error).toBe('invalid_request')
    expect(s.r.upstream.seen).toEqual([])
  })

  it('X-20: takes no variable of the platform for the target', async () => {
    const s = await github1()
    s.r.upstream.on('api.github.com/user', reply({}))
    const path = '/github/api/user'
    const answer = await s.r.app.request(
      baseUrl + path,
      {
        headers: {
          origin: page,
          authorization: `DPoP ${s.token}`,
          dpop: await s.r.key.proof('GET', baseUrl + path, {
            nonce: s.nonce,
            ath: await ath(s.token),
          }),
        },
      },
      { target: '/github/api/user/emails' },
    )
    expect(answer.status).toBe(200)
  })

  it('X-39: relays nothing for a target that is a whole URL', async () => {
    const s = await github1()
    const target = 'http://evil.example/github/api/user'
    const answer = await s.r.app.request(
      `${baseUrl}/github/api/user`,
      { headers: { origin: page } },
      { [rawTarget]: target },
    )
    expect(answer.status).toBe(400)
  })

  it('X-18: takes the token only with a proof by its key for this very request', async () => {
    const s = await github1()
    s.r.upstream.on('api.github.com/user', reply({}))
    const wrong: Init[] = [
      { by: await dpop() },
      { proof: { htm: 'POST' } },
      { proof: { htu: `${baseUrl}/github/api/users` } },
      { proof: { htu: 'https://evil.example/github/api/user' } },
      { proof: { ath: await ath('other') } },
      { proof: { ath: undefined } },
      { proof: { nonce: undefined } },
      { headers: { dpop: 'x' } },
      { headers: { dpop: '' } },
      { headers: { authorization: `Bearer ${s.token}` } },
      { headers: { authorization: 'DPoP gho_1' } },
    ]
    for (const init of wrong) {
      const answer = await call(s, '/github/api/user', init)
      expect(answer.status).toBe(401)
      expect(answer.headers.get('www-authenticate')).toMatch(/^DPoP error="\w+", algs="ES256"$/)
      expect(answer.headers.get('dance-upstream')).toBeNull()
      const { error } = await answer.json()
      expect(answer.headers.has('dpop-nonce')).toBe(error === 'use_dpop_nonce')
    }
    expect(s.r.upstream.seen).toEqual([])
    expect((await call(s, '/github/api/user')).status).toBe(200)
  })

  it("tells the provider's 401 from ours", async () => {
    const s = await github1()
    const challenge = { 'www-authenticate': 'Bearer' }
    s.r.upstream.on('api.github.com/user', reply({ message: 'Bad credentials' }, 401, challenge))
    const answer = await call(s, '/github/api/user')
    expect(answer.status).toBe(401)
    expect(answer.headers.get('dance-upstream')).toBe('1')
    expect(answer.headers.get('www-authenticate')).toBeNull()
    expect(answer.headers.get('dpop-nonce')).toBeNull()
  })

  it("X-33: takes no token of another client, and none from another app's Origin", async () => {
    const r = await rig({ clients: { ...relayed, second: relayed.github } })
    const s = await signIn('github', r)
    expect((await call(s, '/second/api/user')).status).toBe(401)
    const headers = { origin: 'https://other.example.com' }
    expect((await call(s, '/github/api/user', { headers })).status).toBe(403)
    expect(r.upstream.seen).toEqual([])
  })

  it('X-24: sends on the listed headers alone', async () => {
    const s = await github1()
    s.r.upstream.on('api.github.com/user', reply({}))
    await call(s, '/github/api/user', {
      headers: {
        accept: 'application/json',
        'if-none-match': '"e"',
        cookie: 'a=b',
        referer: page,
        forwarded: 'for=1.2.3.4',
        'x-forwarded-for': '1.2.3.4',
        'x-http-method-override': 'DELETE',
        'x-api-key': 'k',
      },
    })
    expect(Object.keys(Object.fromEntries(s.r.upstream.seen[0]?.headers ?? []))).toEqual([
      'accept',
      'authorization',
      'if-none-match',
      'user-agent',
    ])
    expect(s.r.upstream.seen[0]?.headers.get('accept')).toBe('application/json')
  })

  it('X-25: brings back the listed headers alone, and makes no page of an answer', async () => {
    const s = await github1()
    s.r.upstream.on(
      'api.github.com/user',
      reply('<script>1</script>', 200, {
        'content-type': 'text/html',
        'access-control-allow-origin': '*',
        'access-control-allow-credentials': 'true',
        'set-cookie': 'a=b',
        'clear-site-data': '"*"',
        'content-security-policy': "default-src 'unsafe-inline'",
        'strict-transport-security': 'max-age=0',
        refresh: '0; url=https://evil.example',
        server: 'x',
        etag: '"e"',
        'x-ratelimit-remaining': '5',
      }),
    )
    const { headers } = await call(s, '/github/api/user')
    expect(headers.get('access-control-allow-origin')).toBe(page)
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-disposition')).toBe('attachment')
    expect([headers.get('etag'), headers.get('x-ratelimit-remaining')]).toEqual(['"e"', '5'])
    for (const name of [
      'set-cookie',
      'clear-site-data',
      'strict-transport-security',
      'refresh',
      'server',
      'access-control-allow-credentials',
    ]) {
      expect(headers.get(name)).toBeNull()
    }
  })

  it('X-23: follows no redirect, but passes 304 and 204', async () => {
    const s = await github1()
    for (const status of [301, 302, 303, 307, 308]) {
      s.r.upstream.on(
        'api.github.com/user',
        () => new Response(null, { status, headers: { location: 'https://evil.example' } }),
      )
      expect((await call(s, '/github/api/user')).status).toBe(502)
    }
    expect(s.r.upstream.seen.every(({ url }) => url.host === 'api.github.com')).toBe(true)
    expect(s.r.upstream.seen.every(({ redirect }) => redirect === 'manual')).toBe(true)
    for (const status of [304, 204]) {
      s.r.upstream.on('api.github.com/user', () => new Response(null, { status }))
      expect((await call(s, '/github/api/user')).status).toBe(status)
    }
  })

  it('X-27: takes bodies of 8 MiB at most, however they are announced', async () => {
    const s = await github1()
    s.r.upstream.on('api.github.com/gists', reply({}))
    const full = new Uint8Array(8_388_608)
    expect((await call(s, '/github/api/gists', { method: 'POST', body: full })).status).toBe(200)
    const over = new Uint8Array(8_388_609)
    expect((await call(s, '/github/api/gists', { method: 'POST', body: over })).status).toBe(413)
    const headers = { 'content-length': '8388609' }
    expect(
      (await call(s, '/github/api/gists', { method: 'POST', body: 'x', headers })).status,
    ).toBe(413)
  })

  it('answers 503 where the API can not be reached', async () => {
    const s = await github1()
    const answer = await call(s, '/github/api/user')
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
  })
})

describe('the relay of an OAuth 1.0a API', () => {
  /** An independent verifier of what arrived. */
  const isSigned = ({ method, url, headers, body }: Rig['upstream']['seen'][number]): boolean => {
    const header = headers.get('authorization') ?? ''
    const oauth = [...header.matchAll(/(oauth_\w+)="([^"]*)"/g)].map(
      ([, name = '', value = '']) => [name, decodeURIComponent(value)] as const,
    )
    const form = headers.get('content-type')?.startsWith('application/x-www-form-urlencoded')
    const others = oauth.filter(([name]) => name !== 'oauth_signature')
    const text = oracleBaseString(method, url.href, others, form ? body : '')
    const key = `${percentEncode('tw-SECRET')}&${percentEncode('ts')}`
    return (
      Object.fromEntries(oauth)['oauth_signature'] ===
      createHmac('sha1', key).update(text).digest('base64')
    )
  }

  it.each([
    [
      'GET',
      '/twitter/api/users/me?user.fields=a%2Cb&q=a+b&x=%E6%97%A5&y&z=1&z=0',
      undefined,
      undefined,
      'https://api.x.com/2/users/me',
    ],
    [
      'POST',
      '/twitter/api/tweets',
      '{"text":"é"}',
      'application/json',
      'https://api.x.com/2/tweets',
    ],
    [
      'POST',
      '/twitter/api-1/statuses/update.json?a=1',
      "status=Hello+%26+%21'(*&a=2",
      'application/x-www-form-urlencoded;charset=UTF-8',
      'https://api.x.com/1.1/statuses/update.json',
    ],
    ['DELETE', '/twitter/api/tweets/1', undefined, undefined, 'https://api.x.com/2/tweets/1'],
  ] as const)('O-2: %s %s arrives as it was signed', async (method, path, body, type, expected) => {
    const s = await twitter1()
    const url = new URL(expected)
    s.r.upstream.on(url.host + url.pathname, reply({ ok: true }))
    const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type }
    const answer = await call(s, path, { method, headers, ...(body !== undefined && { body }) })
    expect(answer.status).toBe(200)
    const [seen] = s.r.upstream.seen
    expect(seen?.body).toBe(body ?? '')
    expect(seen?.url.search).toBe(path.includes('?') ? path.slice(path.indexOf('?')) : '')
    expect(seen && isSigned(seen)).toBe(true)
  })

  it.each([
    ['/twitter/api/users/me?oauth_token=EVIL', undefined],
    ['/twitter/api/users/me?oauth%5ftoken=EVIL', undefined],
    ['/twitter/api/users/me?OAUTH_callback=x', undefined],
    ['/twitter/api/users/me', 'oauth_verifier=x'],
    ['/twitter/api/users/me', 'a=%ff'],
    ['/twitter/api/users/me?__proto__=x', undefined],
  ])('O-3: refuses %s with the body %s', async (path, body) => {
    const s = await twitter1()
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const init = body === undefined ? {} : { method: 'POST', body, headers }
    const answer = await call(s, path, init)
    expect([answer.status, (await answer.json()).error]).toEqual([400, 'invalid_request'])
    expect(s.r.upstream.seen).toEqual([])
  })

  it('X-43: signs each call anew', async () => {
    const s = await twitter1()
    s.r.upstream.on('api.x.com/2/users/me', reply({}))
    for (let n = 0; n < 3; n++) await call(s, '/twitter/api/users/me')
    const headers = s.r.upstream.seen.map((seen) => seen.headers.get('authorization') ?? '')
    const nonces = headers.map((header) => /oauth_nonce="([^"]+)"/.exec(header)?.[1])
    expect(nonces).not.toContain(undefined)
    expect(new Set(nonces).size).toBe(3)
    expect(s.r.upstream.seen.every(isSigned)).toBe(true)
  })

  it('X-21: reaches declared bases alone', async () => {
    const s = await twitter1()
    for (const path of ['/twitter/api-2/x', '/twitter/api/oauth/access_token']) {
      const answer = await call(s, path)
      expect([404, 503]).toContain(answer.status)
    }
    // The path of the API's base is never left: /oauth/ is beside it.
    expect(s.r.upstream.seen.map(({ url }) => url.pathname)).toEqual(['/2/oauth/access_token'])
  })

  it('revokes by a signed request', async () => {
    const r = await rig()
    r.upstream.on('api.x.com/1.1/oauth/invalidate_token', reply({}))
    const s = await signIn('twitter', r)
    const revoked = await r.post('/twitter/revoke', { token: s.token }, { dpop: null })
    expect(revoked.status).toBe(200)
    expect(r.upstream.seen.map((seen) => [seen.url.pathname, isSigned(seen)])).toEqual([
      ['/1.1/oauth/invalidate_token', true],
    ])
  })
})
