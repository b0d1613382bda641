import { describe, expect, it } from 'vitest'
import {
  baseUrl,
  cookieOf,
  page,
  reply,
  rig,
  verifier,
  type Rig,
} from './testing-internal/harness.ts'

const tokenUrl = 'github.com/login/oauth/access_token'
const expiring = {
  access_token: 'gho_1',
  token_type: 'bearer',
  expires_in: 28_800,
  refresh_token: 'ghr_1',
  scope: 'read:user,user:email',
}

const redeem = (r: Rig, code: string, init?: Parameters<Rig['post']>[2]): Promise<Response> =>
  r.post(
    '/github/token',
    {
      grant_type: 'authorization_code',
      code,
      code_verifier: verifier,
      redirect_uri: `${page}/callback/github`,
    },
    init,
  )

describe('a dance with GitHub', () => {
  it('goes from the click to a token, and on to refresh and revocation', async () => {
    const r = await rig()
    r.upstream.on(
      tokenUrl,
      reply(expiring),
      reply({ ...expiring, access_token: 'gho_2', refresh_token: 'ghr_2' }),
    )
    r.upstream.on(
      'api.github.com/applications/gh-id/token',
      () => new Response(null, { status: 204 }),
    )

    const sent = await r.authorize('github')
    expect(sent.status).toBe(303)
    const there = new URL(sent.headers.get('location') ?? '')
    expect(there.origin + there.pathname).toBe('https://github.com/login/oauth/authorize')
    expect(Object.fromEntries(there.searchParams)).toMatchObject({
      client_id: 'gh-id',
      redirect_uri: `${baseUrl}/github/callback`,
      response_type: 'code',
      scope: 'read:user user:email',
      code_challenge_method: 'S256',
    })
    const cookie = sent.headers.getSetCookie()[0]
    expect(cookie).toMatch(
      /^__Host-dance-flow-[\w-]{22}=\d+~[\w.-]+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
    )

    const back = await r.app.request(
      `${baseUrl}/github/callback?code=upstream-code&state=${there.searchParams.get('state')}`,
      { headers: { cookie: cookieOf(sent) } },
    )
    expect(back.status).toBe(303)
    expect(back.headers.get('referrer-policy')).toBe('no-referrer')
    const home = new URL(back.headers.get('location') ?? '')
    expect(home.origin + home.pathname).toBe(`${page}/callback/github`)
    expect(home.searchParams.get('state')).toBe('page-state')
    expect(home.searchParams.get('iss')).toBe(`${baseUrl}/github`)
    expect(r.upstream.seen).toHaveLength(0)

    const first = await redeem(r, home.searchParams.get('code') ?? '')
    expect(first.status).toBe(200)
    expect(first.headers.get('cache-control')).toBe('no-store')
    const tokens = await first.json()
    expect(tokens).toEqual({
      access_token: 'gho_1',
      token_type: 'Bearer',
      expires_in: 28_800,
      scope: 'read:user user:email',
      refresh_token: expect.stringMatching(/^[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+$/),
    })
    const asked = Object.fromEntries(new URLSearchParams(r.upstream.seen[0]?.body))
    expect(r.upstream.seen[0]?.redirect).toBe('manual')
    expect(asked).toMatchObject({
      code: 'upstream-code',
      client_secret: 'gh-SECRET',
      grant_type: 'authorization_code',
    })

    const nonce = first.headers.get('dpop-nonce') ?? ''
    const second = await r.post(
      '/github/token',
      { grant_type: 'refresh_token', refresh_token: tokens.refresh_token },
      { nonce },
    )
    expect(second.status).toBe(200)
    const renewed = await second.json()
    expect(renewed).toMatchObject({ access_token: 'gho_2', token_type: 'Bearer' })
    expect(new URLSearchParams(r.upstream.seen[1]?.body).get('refresh_token')).toBe('ghr_1')

    const gone = await r.post('/github/revoke', { token: renewed.refresh_token }, { dpop: null })
    expect(gone.status).toBe(200)
    expect(await gone.json()).toEqual({})
    expect(r.upstream.seen[2]).toMatchObject({ method: 'DELETE', body: '{"access_token":"gho_2"}' })
  })
})
