import { custom } from '@spa-dance/providers/custom'
import { github } from '@spa-dance/providers/github'
import { describe, expect, it } from 'vitest'
import { baseUrl, cookieOf, page, reply, rig } from '../testing-internal/harness.ts'

const requestTokenUrl = 'api.x.com/oauth/request_token'
const location = (response: Response): URL => new URL(response.headers.get('location') ?? '')

describe('GET /<name>/authorize', () => {
  it.each([
    ['another path', `${page}/callback/GITHUB`],
    ['a slash more', `${page}/callback/github/`],
    ['a query', `${page}/callback/github?x`],
    ['a fragment', `${page}/callback/github#`],
    ['an encoded climb', `${page}/callback/github%2f..`],
    ['http', 'http://app.example.com/callback/github'],
    ["another client's", `${page}/callback/twitter`],
    ['the pattern itself', `${page}/callback/{client}`],
    ["another app's", 'https://other.example.com/callback/github'],
    ['nothing', undefined],
  ])('X-10: shows a page and redirects nowhere for a redirect_uri with %s', async (_, uri) => {
    const r = await rig()
    const answer = await r.authorize('github', { redirect_uri: uri })
    expect(answer.status).toBe(400)
    expect(answer.headers.get('location')).toBeNull()
    expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    const text = await answer.text()
    expect(text).toContain('start again')
    expect(text).not.toContain('<script')
  })

  it('shows the page for an unknown app and for a parameter sent twice', async () => {
    const r = await rig()
    expect((await r.authorize('github', { client_id: 'nobody' })).status).toBe(400)
    const url = `${baseUrl}/github/authorize?client_id=spa&client_id=other`
    const answer = await r.app.request(url)
    expect(answer.status).toBe(400)
    expect(answer.headers.get('location')).toBeNull()
  })

  it.each([
    ['no PKCE', { code_challenge: undefined }, 'invalid_request'],
    ['plain PKCE', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['a challenge that is no hash', { code_challenge: 'short' }, 'invalid_request'],
    ['another response_type', { response_type: 'token' }, 'unsupported_response_type'],
    ['a state of 513 bytes', { state: 's'.repeat(513) }, 'invalid_request'],
    ['a scope of 1025 bytes', { scope: 's'.repeat(1025) }, 'invalid_request'],
    ['a nonce of 257 bytes', { nonce: 'n'.repeat(257) }, 'invalid_request'],
    ['a login_hint of 258 bytes', { login_hint: 'é'.repeat(129) }, 'invalid_request'],
    ['a dpop_jkt that is no thumbprint', { dpop_jkt: 'x' }, 'invalid_request'],
    ['a scope beyond the ceiling', { scope: 'read:user admin:org' }, 'invalid_scope'],
  ])('tells the page by redirect of %s', async (_, params, error) => {
    const r = await rig()
    const answer = await r.authorize('github', params)
    expect(answer.status).toBe(303)
    const url = location(answer)
    expect(url.origin).toBe(page)
    expect(url.searchParams.get('error')).toBe(error)
    expect(url.searchParams.get('iss')).toBe(`${baseUrl}/github`)
    expect(url.searchParams.get('state')).toBe('state' in params ? params.state : 'page-state')
    expect(answer.headers.getSetCookie()).toEqual([])
  })

  it('X-57: asks for fewer scopes than configured, where the page wants fewer', async () => {
    const r = await rig()
    const url = location(await r.authorize('github', { scope: 'read:user' }))
    expect(url.searchParams.get('scope')).toBe('read:user')
  })

  it('X-8: lets no parameter of the page replace what is configured', async () => {
    const r = await rig()
    const url = location(
      await r.authorize('github', {
        client_secret: 'x',
        audience: 'y',
        token_endpoint: 'https://evil.example',
        allow_signup: 'no',
      }),
    )
    expect(url.host).toBe('github.com')
    for (const name of ['client_secret', 'audience', 'token_endpoint', 'allow_signup']) {
      expect(url.searchParams.has(name)).toBe(false)
    }
  })

  it('hands on prompt, the login hint under its name there, and what the declaration accepts', async () => {
    const provider = custom({
      ...github(),
      authorization: { ...github().authorization, accepts: ['team'] },
    })
    const clients = { github: { provider, clientId: 'gh-id', clientSecret: 's' } }
    const r = await rig({ clients })
    const url = location(
      await r.authorize('github', { prompt: 'select_account', login_hint: 'me', team: 'blue' }),
    )
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      prompt: 'select_account',
      login: 'me',
      team: 'blue',
    })
  })

  it('keeps an app to the clients it may use', async () => {
    const apps = { spa: { redirectUris: [`${page}/callback/{client}`], clients: ['twitter'] } }
    const r = await rig({ apps })
    const url = location(await r.authorize('github'))
    expect(url.searchParams.get('error')).toBe('unauthorized_client')
  })

  it('has cookies without prefix and Secure only where baseUrl is http on loopback', async () => {
    const local = 'http://exchange.localhost:4000'
    const r = await rig({ baseUrl: local })
    // The request says https, the configuration says http.
    const cookie = (await r.authorize('github')).headers.getSetCookie()[0]
    expect(cookie).toMatch(/^dance-flow-/)
    expect(cookie).not.toContain('Secure')
  })

  it('keeps four flows and 7 kB at most, and drops the oldest', async () => {
    const r = await rig()
    const url = `${baseUrl}/github/authorize?${new URLSearchParams({
      response_type: 'code',
      client_id: 'spa',
      redirect_uri: `${page}/callback/github`,
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
    })}`
    const old = [5, 3, 1, 4, 2].map((n) => `__Host-dance-flow-${n}=${n}~x`).join('; ')
    const many = await r.app.request(url, { headers: { cookie: `app=1; ${old}` } })
    const dropped = (answer: Response): string[] =>
      answer.headers
        .getSetCookie()
        .filter((line) => line.includes('Max-Age=0'))
        .map((line) => line.split('=')[0] ?? '')
    expect(dropped(many)).toEqual(['__Host-dance-flow-2', '__Host-dance-flow-1'])

    const fat = `__Host-dance-flow-a=1~${'x'.repeat(3900)}; __Host-dance-flow-b=2~${'x'.repeat(3000)}`
    expect(dropped(await r.app.request(url, { headers: { cookie: fat } }))).toEqual([
      '__Host-dance-flow-a',
    ])
  })

  it('answers HEAD with 405, so that a link checker starts no login', async () => {
    const r = await rig()
    const answer = await r.app.request(`${baseUrl}/github/authorize`, { method: 'HEAD' })
    expect(answer.status).toBe(405)
    expect(answer.headers.get('allow')).toBe('GET')
  })
})

describe('GET /<name>/authorize of an OAuth 1.0a provider', () => {
  it('asks for a request token with our callback, and sends the person on with it', async () => {
    const r = await rig()
    r.upstream.on(
      requestTokenUrl,
      reply('oauth_token=rt&oauth_token_secret=a.secret&oauth_callback_confirmed=true'),
    )
    const answer = await r.authorize('twitter')
    expect(location(answer).href).toBe('https://api.x.com/oauth/authorize?oauth_token=rt')
    expect(r.upstream.seen[0]?.headers.get('authorization')).toContain(
      `oauth_callback="${encodeURIComponent(`${baseUrl}/twitter/callback`)}"`,
    )
    expect(cookieOf(answer)).not.toContain('a.secret')
  })

  it.each([
    [
      'does not confirm the callback',
      reply('oauth_token=rt&oauth_token_secret=rs'),
      'server_error',
    ],
    [
      'denies to have confirmed it',
      reply('oauth_token=rt&oauth_token_secret=rs&oauth_callback_confirmed=false'),
      'server_error',
    ],
    [
      'sends a member twice',
      reply('oauth_token=a&oauth_token=b&oauth_token_secret=rs&oauth_callback_confirmed=true'),
      'server_error',
    ],
    ['refuses', reply('no', 401), 'server_error'],
    ['is down', reply('no', 503), 'temporarily_unavailable'],
  ])('sends an error to the page where the provider %s', async (_, script, error) => {
    const r = await rig()
    r.upstream.on(requestTokenUrl, script)
    const url = location(await r.authorize('twitter'))
    expect(url.origin).toBe(page)
    expect(url.searchParams.get('error')).toBe(error)
  })
})
