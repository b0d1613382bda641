import { gitlab } from '@spa-dance/providers/gitlab'
import { expect, onTestFinished, test, vi } from 'vitest'
import { issuer, openOidc, part, signIn } from './testing-internal/openid.ts'
import { begin, openBrowser } from './testing-internal/dancers.ts'
import { jsonReply, readJwt } from './testing-internal/fake-server.ts'

test('a person signs in at an OpenID Provider without any exchange', async () => {
  const browser = openOidc()
  const { dance, result, own, request, wasRefused } = await signIn(browser)
  expect(Object.fromEntries(request.searchParams)).toMatchObject({
    client_id: 'me',
    scope: 'openid profile email',
    nonce: expect.stringMatching(/^[\w-]{43}$/),
    dpop_jkt: expect.stringMatching(/^[\w-]{43}$/),
  })
  expect(result).toEqual({ client: 'op', returnTo: '/start' })
  expect(wasRefused()).toBe(true)
  await expect
    .poll(() => dance.getState().sessions['op'])
    .toMatchObject({
      status: 'signed-in',
      account: 'u',
      profile: { id: 'u', name: 'Ada' },
      scopes: ['openid', 'profile', 'email'],
    })
  const userInfo = browser.server.to(`${own}/me`)[0]
  expect(userInfo?.headers.get('Authorization')).toBe(`DPoP access-${own}`)
  expect(readJwt(userInfo?.headers.get('DPoP') ?? '').claims).toMatchObject({
    htu: `${own}/me`,
    htm: 'GET',
  })
})

test('a profile in the ID token needs no further request', async () => {
  const browser = openOidc()
  const { dance, own } = await signIn(browser, { name: 'Grace', picture: 'javascript:alert(1)' })
  expect(dance.getState().sessions['op']?.profile).toEqual({ id: 'u', name: 'Grace' })
  expect(browser.server.to(`${own}/me`)).toEqual([])
})

test.each([{ nonce: 'other' }, { iss: 'https://evil.test' }, { aud: 'you' }, { at_hash: 'x' }])(
  'B-29: with %o nobody is signed in, and nothing is kept',
  async (claims) => {
    const { dance, result } = await signIn(openOidc(), claims)
    expect(result?.error?.code).toBe('id-token-invalid')
    expect(dance.getState().sessions['op']?.status).toBe('signed-out')
  },
)

test('B-3: a code of another login is refused, also by a provider that ignores PKCE', async () => {
  const browser = openOidc()
  const other = await begin(browser.open('/'), 'op')
  const { result } = await signIn(browser, { nonce: other.request.searchParams.get('nonce') })
  expect(result?.error?.code).toBe('id-token-invalid')
})

test.each([
  [true, 'id-token-invalid'],
  [false, undefined],
])(
  'B-29: with verifySignature %s an ID token of no key of the issuer is %s',
  async (verifySignature, code) => {
    const browser = openOidc()
    const client = browser.options.clients['op']
    if (client?.provider.protocol !== 'oidc') throw new Error('it is an OpenID Provider')
    const { provider } = client
    Object.assign(browser.options, {
      clients: { op: { provider, clientId: 'me', verifySignature } },
    })
    browser.server.route(`${provider.issuer}/jwks`, () => jsonReply({ keys: [] }))
    const { result } = await signIn(browser)
    expect(result?.error?.code).toBe(code)
  },
)

test.each([
  [{}, undefined],
  [{ sub: 'someone-else' }, 'id-token-invalid'],
  [{ iss: 'https://evil.test' }, 'id-token-invalid'],
])('B-33: a refresh that brings an ID token with %o', async (claims, code) => {
  const browser = openOidc()
  const { dance, own } = await signIn(browser)
  await expect.poll(() => dance.getState().sessions['op']?.profile).toBeDefined()
  const later = Date.now() + 120_000
  vi.spyOn(Date, 'now').mockReturnValue(later)
  onTestFinished(() => void vi.restoreAllMocks())
  const now = Math.floor(later / 1000)
  const all = { iss: own, sub: 'u', aud: 'me', iat: now, exp: now + 60, ...claims }
  browser.server.route(`${own}/token`, () =>
    jsonReply({
      access_token: 'renewed',
      token_type: 'DPoP',
      id_token: `${part({ alg: 'ES256' })}.${part(all)}.sig`,
    }),
  )
  const outcome = await dance
    .session('op')
    .get('/me')
    .then(
      () => undefined,
      (error) => error.code,
    )
  expect(outcome).toBe(code)
  const renewed = browser.server
    .to(`${own}/me`)
    .filter(({ headers }) => headers.get('Authorization') === 'DPoP renewed')
  expect(renewed).toHaveLength(code === undefined ? 1 : 0)
  expect(dance.getState().sessions['op']?.status).toBe('signed-in')
})

test('UserInfo about someone else is not taken', async () => {
  const browser = openOidc()
  browser.server.route('https://op.test/', () => new Response('', { status: 404 }))
  const { dance, own } = await signIn(browser)
  browser.server.route(`${own}/me`, () => jsonReply({ sub: 'other', name: 'Eve' }))
  await expect(dance.session('op').profile()).rejects.toMatchObject({ code: 'id-token-invalid' })
})

test.each([
  { issuer: 'https://evil.test' },
  { authorization_endpoint: 'javascript:alert(1)' },
  { token_endpoint: 'http://op.test/token' },
])('B-12: with metadata %o nobody is sent anywhere', async (metadata) => {
  const { dance, page } = openOidc(metadata).open('/')
  await expect(dance.login('op')).rejects.toMatchObject({ code: 'config-invalid' })
  expect(page.left).toEqual([])
})

test.each([
  ['no ID token', undefined],
  ['another value', { hd: 'evil.example' }],
  ['no value', {}],
])('B-29: nobody is signed in with %s where a claim is wanted', async (_what, claims) => {
  const { openid, ...rest } = gitlab({ host: issuer.slice(0, -1) })
  if (!openid) throw new Error('GitLab is an OpenID Provider')
  const provider = { ...rest, openid: { ...openid, claims: { hd: 'example.com' } } }
  const browser = openBrowser({ clients: { gitlab: { provider, clientId: 'me' } } })
  const { request } = await begin(browser.open('/start'), 'gitlab')
  const now = Math.floor(Date.now() / 1000)
  const nonce = request.searchParams.get('nonce')
  const all = { iss: openid.issuer, sub: 'u', aud: 'me', exp: now + 60, iat: now, nonce, ...claims }
  const idToken = claims && `${part({ alg: 'RS256' })}.${part(all)}.sig`
  browser.server.route(provider.token.url, () =>
    jsonReply({ access_token: 'a', token_type: 'bearer', expires_in: 60, id_token: idToken }),
  )
  const state = String(request.searchParams.get('state'))
  const { dance } = browser.open(`/callback/gitlab?${new URLSearchParams({ state, code: 'c' })}`)
  expect((await dance.ready)?.error?.code).toBe('id-token-invalid')
  expect(dance.getState().sessions['gitlab']?.status).toBe('signed-out')
})
