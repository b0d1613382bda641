import { github } from '@spa-dance/providers/github'
import { twitter } from '@spa-dance/providers/twitter'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { baseUrl, cookieOf, page, reply, rig, type Rig } from '../testing-internal/harness.ts'

const confirmed = reply('oauth_token=rt&oauth_token_secret=rs&oauth_callback_confirmed=true')
const location = (response: Response): URL => new URL(response.headers.get('location') ?? '')

/** Begins a login, and lets the provider come back with `params`. */
async function comeBack(
  r: Rig,
  params: Record<string, string> | string,
  options: { client?: string; to?: string; cookie?: boolean } = {},
): Promise<Response> {
  const { client = 'github', to = client, cookie = true } = options
  const sent = await r.authorize(client)
  const state = location(sent).searchParams.get('state') ?? ''
  const query =
    typeof params === 'string'
      ? params.replace('STATE', state)
      : new URLSearchParams({ ...(client === 'github' && { state }), ...params }).toString()
  return r.app.request(`${baseUrl}/${to}/callback?${query}`, {
    headers: cookie ? { cookie: cookieOf(sent) } : {},
  })
}

afterEach(() => void vi.useRealTimers())

describe('/<name>/callback', () => {
  it('B-7: shows a page in a browser that did not begin, and where the cookie is gone', async () => {
    const r = await rig()
    const answer = await comeBack(r, { code: 'c' }, { cookie: false })
    expect(answer.status).toBe(400)
    expect(answer.headers.get('location')).toBeNull()
    expect(await answer.text()).toContain('another browser')
  })

  it('X-11: takes no flow of another client', async () => {
    const r = await rig({
      clients: {
        github: { provider: github(), clientId: 'a', clientSecret: 's' },
        second: { provider: github(), clientId: 'b', clientSecret: 't' },
      },
    })
    const answer = await comeBack(r, { code: 'c' }, { to: 'second' })
    expect(answer.status).toBe(400)
    expect(answer.headers.get('location')).toBeNull()
  })

  it('ends the flow: its cookie is deleted, after ten minutes it is of no use', async () => {
    const r = await rig()
    const answer = await comeBack(r, { code: 'c' })
    expect(answer.headers.getSetCookie()[0]).toMatch(/^__Host-dance-flow-[\w-]{22}=; Max-Age=0;/)

    const sent = await r.authorize('github')
    const state = location(sent).searchParams.get('state') ?? ''
    vi.useFakeTimers({ now: Date.now() + 601_000, toFake: ['Date'] })
    const late = await r.app.request(`${baseUrl}/github/callback?code=c&state=${state}`, {
      headers: { cookie: cookieOf(sent) },
    })
    expect(late.status).toBe(400)
  })

  it.each(['code=a&code=b&state=STATE', 'code=a&state=STATE&state=x', 'code=%zz&state=STATE'])(
    'B-15: shows a page for %s',
    async (query) => {
      const r = await rig()
      const answer = await comeBack(r, query)
      expect(answer.status).toBe(400)
      expect(answer.headers.get('location')).toBeNull()
    },
  )

  it.each([
    ['access_denied', 'access_denied'],
    ['login_required', 'login_required'],
    ['interaction_required', 'interaction_required'],
    ['consent_required', 'consent_required'],
    ['account_selection_required', 'account_selection_required'],
    ['temporarily_unavailable', 'temporarily_unavailable'],
    ['user_cancelled_login', 'access_denied'],
    ['invalid_scope', 'server_error'],
    ['redirect_uri_mismatch', 'server_error'],
  ])('hands the error %s to the page as %s', async (error, expected) => {
    const provider = github()
    const authorization = { ...provider.authorization, denied: ['user_cancelled_login'] }
    const r = await rig({
      clients: {
        github: { provider: { ...provider, authorization }, clientId: 'a', clientSecret: 's' },
      },
    })
    const url = location(await comeBack(r, { error, error_description: '<img src=x>' }))
    expect(url.origin + url.pathname).toBe(`${page}/callback/github`)
    expect(url.searchParams.get('error')).toBe(expected)
    expect(url.searchParams.get('state')).toBe('page-state')
    expect(url.searchParams.get('iss')).toBe(`${baseUrl}/github`)
    expect(url.searchParams.get('error_description')).not.toContain('<img')
  })

  it.each([
    ['missing', {}, 'server_error'],
    ['foreign', { iss: 'https://evil.example' }, 'server_error'],
    ['longer by a slash', { iss: 'https://github.com/' }, 'server_error'],
    ['right', { iss: 'https://github.com' }, null],
  ])('B-5: with a declared iss, one that is %s', async (_, params, expected) => {
    const provider = github()
    const authorization = { ...provider.authorization, iss: 'https://github.com' }
    const r = await rig({
      clients: {
        github: { provider: { ...provider, authorization }, clientId: 'a', clientSecret: 's' },
      },
    })
    const url = location(await comeBack(r, { code: 'c', ...params }))
    expect(url.searchParams.get('error')).toBe(expected)
  })

  it('refuses a code that is missing or longer than 4 kB', async () => {
    const r = await rig()
    expect(location(await comeBack(r, {})).searchParams.get('error')).toBe('server_error')
    const long = await comeBack(r, { code: 'c'.repeat(4097) })
    expect(location(long).searchParams.get('error')).toBe('server_error')
  })

  it('takes an answer by POST', async () => {
    const r = await rig()
    const sent = await r.authorize('github')
    const state = location(sent).searchParams.get('state') ?? ''
    const answer = await r.app.request(`${baseUrl}/github/callback`, {
      method: 'POST',
      headers: {
        cookie: cookieOf(sent),
        'content-type': 'application/x-www-form-urlencoded',
        origin: 'https://github.com',
      },
      body: new URLSearchParams({ code: 'c', state }).toString(),
    })
    expect(location(answer).searchParams.has('code')).toBe(true)
  })
})

describe('/<name>/callback of an OAuth 1.0a provider', () => {
  it('O-10: knows only the request token that this browser began with', async () => {
    const r = await rig()
    r.upstream.on('api.x.com/oauth/request_token', confirmed)
    const foreign = await comeBack(
      r,
      { oauth_token: 'other', oauth_verifier: 'v' },
      { client: 'twitter' },
    )
    expect(foreign.status).toBe(400)
    const own = await comeBack(r, { oauth_token: 'rt', oauth_verifier: 'v' }, { client: 'twitter' })
    expect(location(own).searchParams.has('code')).toBe(true)
  })

  it.each([
    ['denied=rt', 'access_denied'],
    ['oauth_token=rt', 'access_denied'],
    ['', 'access_denied'],
    ['error=rejected', 'access_denied'],
    ['oauth_problem=user_refused', 'access_denied'],
    ['oauth_problem=permission_denied&oauth_token=rt', 'access_denied'],
    ['oauth_problem=token_expired&oauth_token=rt', 'server_error'],
    ['oauth_verifier=v', 'server_error'],
  ])('has nobody signed in by %j: %s', async (query, error) => {
    const r = await rig()
    r.upstream.on('api.x.com/oauth/request_token', confirmed)
    const answer = await comeBack(r, query, { client: 'twitter' })
    const { searchParams } = location(answer)
    expect(searchParams.get('error')).toBe(error)
    expect(searchParams.get('state')).toBe('page-state')
    expect(searchParams.has('code')).toBe(false)
    expect(answer.headers.getSetCookie()[0]).toMatch(/Max-Age=0;/)
  })

  it('takes an answer without the request token for one to its own latest flow alone', async () => {
    const r = await rig()
    r.upstream.on('api.x.com/oauth/request_token', confirmed)
    const cookie = cookieOf(await r.authorize('github'))
    const back = (name: string) =>
      r.app.request(`${baseUrl}/${name}/callback`, { headers: { cookie } })
    expect((await back('twitter')).status).toBe(400)
    expect((await back('github')).status).toBe(400)
    const both = `${cookieOf(await r.authorize('twitter'))}; ${cookie}`
    const answer = await r.app.request(`${baseUrl}/twitter/callback`, { headers: { cookie: both } })
    expect(location(answer).searchParams.get('error')).toBe('access_denied')
  })

  it('takes it for one to the latest of two flows, even of one second', async () => {
    const r = await rig()
    const token = (name: string) =>
      reply(`oauth_token=${name}&oauth_token_secret=rs&oauth_callback_confirmed=true`)
    r.upstream.on('api.x.com/oauth/request_token', token('one'), token('two'))
    const [first, second] = [await r.authorize('twitter'), await r.authorize('twitter')].map(
      cookieOf,
    )
    const headers = { cookie: `${first}; ${second}` }
    const answer = await r.app.request(`${baseUrl}/twitter/callback`, { headers })
    const [dropped] = answer.headers.getSetCookie()
    expect(dropped?.split('=')[0]).toBe(second?.split('=')[0])
  })

  it.each([
    ['denied', 'access_denied'],
    [undefined, null],
  ])('reads a decline in place of the verifier where %s is declared', async (declared, error) => {
    const provider = twitter()
    const authorization = {
      ...provider.authorization,
      ...(declared !== undefined && { deniedVerifier: declared }),
    }
    const client = { consumerKey: 'k', consumerSecret: 's' }
    const r = await rig({
      clients: { twitter: { provider: { ...provider, authorization }, ...client } },
    })
    r.upstream.on('api.x.com/oauth/request_token', confirmed)
    const params = { oauth_token: 'rt', oauth_verifier: 'denied' }
    const back = location(await comeBack(r, params, { client: 'twitter' }))
    expect(back.searchParams.get('error')).toBe(error)
    expect(back.searchParams.has('code')).toBe(error === null)
  })
})
