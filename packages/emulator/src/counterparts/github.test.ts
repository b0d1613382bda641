import { describe, expect, it } from 'vitest'
import {
  answerConsent,
  at,
  bearer,
  callback,
  challenge,
  dance,
  get,
  githubAuthorize,
  post,
  redeem,
  refresh,
  requestToken,
  setUp,
} from '../testing-internal/dance.ts'

const tokenUrl = at('github', '', '/login/oauth/access_token')
const userUrl = at('github', 'api-github-com', '/user')

async function code(emulator: ReturnType<typeof setUp>): Promise<string> {
  const back = await answerConsent(emulator, githubAuthorize())
  return back.searchParams.get('code') ?? ''
}

describe('the dance with GitHub', () => {
  it('goes from the consent page to the API', async () => {
    const emulator = setUp()
    const back = await answerConsent(emulator, githubAuthorize(), 'approve', 'grace')
    expect(back.origin + back.pathname).toBe(callback)
    expect(back.searchParams.get('state')).toBe('a state')

    const { status, body } = await redeem(emulator, 'github', back.searchParams.get('code') ?? '')
    expect(status).toBe(200)
    expect(body).toEqual({
      access_token: expect.stringMatching(/^ghu_.{20}/),
      expires_in: 28_800,
      refresh_token: expect.stringMatching(/^ghr_.{20}/),
      refresh_token_expires_in: 15_897_600,
      scope: 'read:user,user:email',
      token_type: 'bearer',
    })

    const user = await get(emulator, userUrl, bearer(body['access_token']))
    expect(await user.json()).toMatchObject({ login: 'grace-hopper', name: 'Grace Hopper' })
  })

  it('answers in form encoding unless JSON is asked for', async () => {
    const emulator = setUp()
    const response = await post(emulator, tokenUrl, {
      client_id: 'gh',
      client_secret: 'wrong',
      code: 'x',
    })
    expect(response.headers.get('content-type')).toContain('application/x-www-form-urlencoded')
    const reply = new URLSearchParams(await response.text())
    expect(reply.get('error')).toBe('incorrect_client_credentials')
  })

  it('says access_denied after a decline', async () => {
    const back = await answerConsent(setUp(), githubAuthorize(), 'decline')
    expect(back.searchParams.get('error')).toBe('access_denied')
    expect(back.searchParams.get('state')).toBe('a state')
    expect(back.searchParams.has('code')).toBe(false)
  })

  it('takes Basic as well as the body', async () => {
    const emulator = setUp()
    const form = {
      code: await code(emulator),
      code_verifier: 'correct-horse-battery-staple-correct-horse-battery',
    }
    const response = await post(emulator, tokenUrl, form, {
      authorization: `Basic ${btoa('gh:gh-secret')}`,
    })
    expect(await response.text()).toContain('access_token=ghu_')
  })
})

describe('client authentication', () => {
  const basic = { authorization: `Basic ${btoa('gh:gh-secret')}` }

  it.each([
    ['two ways at once', basic, { client_id: 'gh', client_secret: 'gh-secret' }],
    ['two clients at once', basic, { client_id: 'gh-2' }],
    ['another scheme', bearer('x'), { client_id: 'gh', client_secret: 'gh-secret' }],
    ['an unreadable header', { authorization: 'Basic ?' }, { client_id: 'gh' }],
  ])('refuses %s', async (_what, headers, form) => {
    const reply = await post(setUp(), tokenUrl, { ...form, code: 'x' }, headers)
    expect(await reply.text()).toContain('error=incorrect_client_credentials')
  })
})

describe('strictness, always under status 200', () => {
  it.each([
    ['a wrong secret', { client_secret: 'no' }, 'incorrect_client_credentials'],
    ['no secret, PKCE or not', { client_secret: undefined }, 'incorrect_client_credentials'],
    ['an unknown client', { client_id: 'who' }, 'incorrect_client_credentials'],
    [
      "another client's code",
      { client_id: 'gh-2', client_secret: 'gh-2-secret' },
      'bad_verification_code',
    ],
    ['a wrong code', { code: 'no' }, 'bad_verification_code'],
    ['a wrong verifier', { code_verifier: 'x'.repeat(43) }, 'bad_verification_code'],
    ['no verifier', { code_verifier: undefined }, 'bad_verification_code'],
    ['a wrong redirect', { redirect_uri: `${callback}/` }, 'redirect_uri_mismatch'],
    ['a grant type that nobody knows', { grant_type: 'password' }, 'unsupported_grant_type'],
  ])('refuses %s', async (_what, change, error) => {
    const emulator = setUp()
    const reply = await redeem(emulator, 'github', await code(emulator), change)
    expect(reply.status).toBe(200)
    expect(reply.body['error']).toBe(error)
    expect(reply.body).not.toHaveProperty('access_token')
  })

  it('spends a code once', async () => {
    const emulator = setUp()
    const value = await code(emulator)
    expect((await redeem(emulator, 'github', value)).body).toHaveProperty('access_token')
    expect((await redeem(emulator, 'github', value)).body['error']).toBe('bad_verification_code')
  })

  it('lets a code die after ten minutes', async () => {
    const emulator = setUp()
    const value = await code(emulator)
    emulator.wait(600)
    expect((await redeem(emulator, 'github', value)).body['error']).toBe('bad_verification_code')
  })

  it('refuses a verifier for a code without a challenge', async () => {
    const emulator = setUp()
    const { searchParams } = new URL(githubAuthorize())
    searchParams.delete('code_challenge')
    searchParams.delete('code_challenge_method')
    const address = `${at('github', '', '/login/oauth/authorize')}?${String(searchParams)}`
    const back = await answerConsent(emulator, address)
    const reply = await redeem(emulator, 'github', back.searchParams.get('code') ?? '')
    expect(reply.body['error']).toBe('bad_verification_code')
  })

  it('answers no GET and no page at the token endpoint', async () => {
    const emulator = setUp()
    expect((await get(emulator, tokenUrl)).status).toBe(404)
    const origin = { origin: 'https://app.example.com' }
    const reply = await post(emulator, tokenUrl, {}, origin)
    expect(reply.headers.has('access-control-allow-origin')).toBe(false)
    const preflight = await emulator.fetch(
      new Request(tokenUrl, { method: 'OPTIONS', headers: origin }),
    )
    expect(preflight.status).toBe(404)
    expect(preflight.headers.has('access-control-allow-origin')).toBe(false)
  })
})

describe('the authorization page', () => {
  it.each([
    ['an unknown client', { client_id: 'who' }],
    ['a redirect URI that is not registered', { redirect_uri: `${callback}/deeper` }],
  ])('never redirects for %s', async (_what, change) => {
    const response = await get(setUp(), githubAuthorize(change))
    expect(response.status).toBe(400)
    expect(response.headers.has('location')).toBe(false)
  })

  it('never redirects for a repeated parameter', async () => {
    const response = await get(setUp(), `${githubAuthorize()}&redirect_uri=https://evil.example`)
    expect(response.status).toBe(400)
    expect(response.headers.has('location')).toBe(false)
  })

  it.each([
    ['plain PKCE', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['a challenge that is no hash', { code_challenge: `${challenge}=` }, 'invalid_request'],
    ['an unknown response type', { response_type: 'token' }, 'unsupported_response_type'],
  ])('sends %s back as an error', async (_what, change, error) => {
    const response = await get(setUp(), githubAuthorize(change))
    const back = new URL(response.headers.get('location') ?? '')
    expect(back.searchParams.get('error')).toBe(error)
    expect(back.searchParams.get('state')).toBe('a state')
  })

  it('offers the account that login names', async () => {
    const page = await (await get(setUp(), githubAuthorize({ login: 'grace-hopper' }))).text()
    expect(page).toMatch(/value="grace"[^>]*checked/)
  })
})

describe('refresh', () => {
  it('kills the old refresh token and the old access token at once', async () => {
    const emulator = setUp()
    const first = await dance(emulator, 'github')
    const second = (await refresh(emulator, 'github', first['refresh_token'])).body
    expect(second['access_token']).not.toBe(first['access_token'])

    const again = await refresh(emulator, 'github', first['refresh_token'])
    expect(again).toMatchObject({ status: 200, body: { error: 'bad_refresh_token' } })
    expect((await get(emulator, userUrl, bearer(first['access_token']))).status).toBe(401)
    expect((await get(emulator, userUrl, bearer(second['access_token']))).status).toBe(200)
  })

  it.each([
    ['another client', { client_id: 'gh-2', client_secret: 'gh-2-secret' }, 'refresh_token'],
    ['an access token in its place', {}, 'access_token'],
  ])('is not for %s', async (_what, client, member) => {
    const emulator = setUp()
    const held = await dance(emulator, 'github')
    const reply = await requestToken(emulator, 'github', {
      grant_type: 'refresh_token',
      ...client,
      refresh_token: String(held[member]),
    })
    expect(reply.body['error']).toBe('bad_refresh_token')
  })

  it('is over after half a year', async () => {
    const emulator = setUp()
    const { refresh_token } = await dance(emulator, 'github')
    emulator.wait(15_897_600)
    const reply = await refresh(emulator, 'github', refresh_token)
    expect(reply.body['error']).toBe('bad_refresh_token')
  })

  it('is needed after eight hours', async () => {
    const emulator = setUp()
    const { access_token } = await dance(emulator, 'github')
    emulator.wait(28_799)
    expect((await get(emulator, userUrl, bearer(access_token))).status).toBe(200)
    emulator.wait(1)
    expect((await get(emulator, userUrl, bearer(access_token))).status).toBe(401)
  })
})

describe('the API', () => {
  it('answers any page, and tells it what it may send', async () => {
    const emulator = setUp()
    const { access_token } = await dance(emulator, 'github')
    const reply = await get(emulator, userUrl, bearer(access_token))
    expect(reply.headers.get('access-control-allow-origin')).toBe('*')
    const preflight = await emulator.fetch(
      new Request(userUrl, {
        method: 'OPTIONS',
        headers: { origin: 'https://app.example.com', 'access-control-request-method': 'GET' },
      }),
    )
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-headers')).toContain('Authorization')
  })

  it.each([
    ['no token', {}, 'Requires authentication'],
    ['a token of its own invention', bearer('ghu_x'), 'Bad credentials'],
  ])('answers 401 to %s', async (_what, headers, message) => {
    const reply = await get(setUp(), userUrl, headers)
    expect(reply.status).toBe(401)
    expect(await reply.json()).toMatchObject({ message })
    expect(reply.headers.get('access-control-allow-origin')).toBe('*')
  })

  it('takes no refresh token for an access token', async () => {
    const emulator = setUp()
    const { refresh_token } = await dance(emulator, 'github')
    expect((await get(emulator, userUrl, bearer(refresh_token))).status).toBe(401)
  })

  it('reads repositories and addresses, and shows the picture', async () => {
    const emulator = setUp()
    const { access_token } = await dance(emulator, 'github')
    const read = async (path: string): Promise<unknown> =>
      (await get(emulator, at('github', 'api-github-com', path), bearer(access_token))).json()
    expect(await read('/user/repos')).toHaveLength(3)
    expect(await read('/user/emails')).toContainEqual({
      email: 'ada@example.com',
      primary: true,
      verified: true,
      visibility: 'public',
    })
    const user = await read('/user')
    const picture = await get(emulator, (user as { avatar_url: string }).avatar_url)
    expect(picture.headers.get('content-type')).toBe('image/svg+xml')
  })

  it('wants a User-Agent of whoever comes over a wire', async () => {
    const host = 'api-github-com.github.localhost:4180'
    const named = { host, 'user-agent': 'a test' }
    expect((await get(setUp(), userUrl, { host })).status).toBe(403)
    expect((await get(setUp(), userUrl, named)).status).toBe(401)
  })
})

describe('giving a token back', () => {
  const remove = (
    emulator: ReturnType<typeof setUp>,
    what: string,
    token: unknown,
    user = 'gh:gh-secret',
  ): Promise<Response> =>
    emulator.fetch(
      new Request(at('github', 'api-github-com', `/applications/gh/${what}`), {
        method: 'DELETE',
        headers: { authorization: `Basic ${btoa(user)}`, 'content-type': 'application/json' },
        body: JSON.stringify({ access_token: token }),
      }),
    )

  it('ends one token with its refresh token, or all of the app', async () => {
    const emulator = setUp()
    const one = await dance(emulator, 'github')
    const two = await dance(emulator, 'github')
    const three = await dance(emulator, 'github', 'grace')
    expect((await remove(emulator, 'token', one['access_token'])).status).toBe(204)
    expect((await refresh(emulator, 'github', one['refresh_token'])).body['error']).toBeDefined()
    expect((await get(emulator, userUrl, bearer(two['access_token']))).status).toBe(200)

    expect((await remove(emulator, 'grant', two['access_token'])).status).toBe(204)
    expect((await get(emulator, userUrl, bearer(two['access_token']))).status).toBe(401)
    expect((await get(emulator, userUrl, bearer(three['access_token']))).status).toBe(200)
  })

  it('is only for the app itself', async () => {
    const emulator = setUp()
    const { access_token } = await dance(emulator, 'github')
    expect((await remove(emulator, 'token', access_token, 'gh:no')).status).toBe(401)
    expect((await remove(emulator, 'token', access_token, 'gh-2:gh-2-secret')).status).toBe(401)
    expect((await remove(emulator, 'token', 'ghu_unknown')).status).toBe(404)
    expect((await get(emulator, userUrl, bearer(access_token))).status).toBe(200)
  })
})
