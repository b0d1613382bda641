import { reddit } from '@spa-dance/providers/reddit'
import { strava } from '@spa-dance/providers/strava'
import { trello } from '@spa-dance/providers/trello'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ath, baseUrl, page, reply, rig, verifier, type Rig } from './testing-internal/harness.ts'

/** Redeems what the provider sent back; the token reply is scripted. */
async function redeem(r: Rig, client: string, back: Record<string, string>, scope?: string) {
  const code = await r.code(client, back, scope === undefined ? {} : { scope })
  const form = { grant_type: 'authorization_code', code, code_verifier: verifier }
  return r.post(`/${client}/token`, form)
}

describe('scopes that only the redirect names', () => {
  const client = {
    provider: strava(),
    clientId: 'id',
    clientSecret: 's',
    scopes: ['read', 'activity:read'],
  }
  const scopeAfter = async (scope: string | undefined) => {
    const r = await rig({ clients: { strava: client } })
    r.upstream.on('www.strava.com/oauth/token', reply({ access_token: 'a', expires_in: 21_600 }))
    const back = { code: 'c', ...(scope !== undefined && { scope }) }
    return (await (await redeem(r, 'strava', back)).json()).scope
  }

  it('are those of the token reply', async () => {
    expect(await scopeAfter('read')).toBe('read')
    expect(await scopeAfter('read,activity:read')).toBe('read activity:read')
    expect(await scopeAfter('')).toBe('')
    expect(await scopeAfter(undefined)).toBe('read activity:read')
  })

  it('can not be more than was asked for, whatever the URL says', async () => {
    expect(await scopeAfter('read,activity:write,profile:write')).toBe('read')
  })
})

describe('OAuth 1.0a with tokens that end', () => {
  const signIn = async (expiration: '1hour' | '1day' | 'never') => {
    const provider = trello({ expiration })
    const r = await rig({
      clients: { trello: { provider, consumerKey: 'k', consumerSecret: 's' } },
    })
    r.upstream.on(
      'trello.com/1/OAuthGetRequestToken',
      reply('oauth_token=rt&oauth_token_secret=rs&oauth_callback_confirmed=true'),
    )
    r.upstream.on('trello.com/1/OAuthGetAccessToken', reply('oauth_token=a/t&oauth_token_secret=x'))
    const answer = await redeem(r, 'trello', { oauth_token: 'rt', oauth_verifier: 'v' })
    return { r, tokens: await answer.json() }
  }
  afterEach(() => void vi.useRealTimers())

  it('lets the page hold them no longer, and ends the session with them', async () => {
    expect((await signIn('never')).tokens.expires_in).toBe(3600)
    const { r, tokens } = await signIn('1hour')
    expect(tokens.expires_in).toBe(3540)
    vi.useFakeTimers({ now: Date.now() + 3_601_000, toFake: ['Date'] })
    const form = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token }
    const nonce = (await r.post('/trello/token', form)).headers.get('dpop-nonce') ?? ''
    const late = await r.post('/trello/token', form, { nonce })
    expect(late.status).toBe(400)
    expect(await late.json()).toMatchObject({ error: 'invalid_grant' })
  })

  it('gives a token back where it is part of the address, signed', async () => {
    const { r, tokens } = await signIn('1day')
    r.upstream.on('api.trello.com/1/tokens/a%2Ft', reply({ _value: null }))
    const gone = await r.post('/trello/revoke', { token: tokens.refresh_token }, { dpop: null })
    expect(gone.status).toBe(200)
    const seen = r.upstream.seen.at(-1)
    expect(seen?.method).toBe('DELETE')
    expect(seen?.headers.get('authorization')).toMatch(/^OAuth .*oauth_token="a%2Ft"/)
  })
})

describe('what the exchange calls itself', () => {
  const userAgent = 'web:com.example.app:v1.0 (by /u/ada)'
  const tokens = { access_token: 'a', token_type: 'bearer', expires_in: 3600, refresh_token: 'r' }

  it('is what a declaration says, in every request, and never what a caller says', async () => {
    const r = await rig({
      clients: { reddit: { provider: reddit({ userAgent }), clientId: 'id', clientSecret: 's' } },
    })
    r.upstream.on('www.reddit.com/api/v1/access_token', reply(tokens))
    r.upstream.on('oauth.reddit.com/api/v1/me', reply({ id: 'x' }))
    r.upstream.on('www.reddit.com/api/v1/revoke_token', () => new Response(null, { status: 204 }))
    const first = await redeem(r, 'reddit', { code: 'c' })
    const { access_token: token, refresh_token: handle } = await first.json()
    const nonce = first.headers.get('dpop-nonce') ?? ''
    const url = `${baseUrl}/reddit/api/api/v1/me`
    const dpop = await r.key.proof('GET', url, { nonce, ath: await ath(token) })
    const headers = { origin: page, authorization: `DPoP ${token}`, dpop, 'user-agent': 'Mozilla' }
    expect((await r.app.request(url, { headers })).status).toBe(200)
    expect((await r.post('/reddit/revoke', { token: handle }, { dpop: null })).status).toBe(200)
    expect(r.upstream.seen.map((seen) => seen.headers.get('user-agent'))).toEqual([
      userAgent,
      userAgent,
      userAgent,
    ])
  })

  it('is its own name otherwise', async () => {
    const r = await rig({
      clients: { reddit: { provider: reddit(), clientId: 'id', clientSecret: 's' } },
    })
    r.upstream.on('www.reddit.com/api/v1/access_token', reply(tokens))
    await redeem(r, 'reddit', { code: 'c' })
    expect(r.upstream.seen[0]?.headers.get('user-agent')).toBe('spa-dance-exchange')
  })
})

it('wants no secret of a registration that proves itself by its id alone', async () => {
  const provider = reddit({ installed: true })
  const r = await rig({ clients: { reddit: { provider, clientId: 'id' } } })
  r.upstream.on('www.reddit.com/api/v1/access_token', reply({ access_token: 'a', expires_in: 60 }))
  expect((await redeem(r, 'reddit', { code: 'c' })).status).toBe(200)
  expect(r.upstream.seen[0]?.headers.get('authorization')).toBe(`Basic ${btoa('id:')}`)
})
