import { reddit } from '@spa-dance/providers/reddit'
import { strava } from '@spa-dance/providers/strava'
import { describe, expect, it } from 'vitest'
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
    expect(await scopeAfter(undefined)).toBe('read activity:read')
  })

  it('can not be more than was asked for, whatever the URL says', async () => {
    expect(await scopeAfter('read,activity:write,profile:write')).toBe('read')
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
