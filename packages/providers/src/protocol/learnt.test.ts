import { describe, expect, it } from 'vitest'
import type { LearntOrigins } from '../learnt.ts'
import type { OAuth2Provider } from '../types.ts'
import { checkProvider } from './check.ts'
import { readOrigin } from './learnt.ts'
import { withLearnt } from './with-learnt.ts'
import { readTokenReply } from './token-reply.ts'

const tokenOrigin = {
  from: 'accounts-server',
  within: ['https://accounts.acme.example', 'https://accounts.acme.eu'],
}
const apiOrigin = { from: 'api_domain', within: ['https://www.acme.example', 'https://*.acme.eu'] }

const provider: OAuth2Provider = {
  id: 'acme',
  name: 'Acme',
  protocol: 'oauth2',
  route: 'exchange',
  authorization: { url: 'https://accounts.acme.example/auth' },
  token: { url: 'https://accounts.acme.example/token' },
  revocation: {
    url: 'https://accounts.acme.example/revoke/{client_id}?token={token}',
    ends: 'token',
  },
  api: {
    baseUrl: 'https://www.acme.example/v1/',
    alsoAllowed: ['https://accounts.acme.example/me', 'https://other.example/'],
    cors: false,
  },
  profile: { path: 'https://accounts.acme.example/me', read: (me) => ({ id: me.id }) },
  learnt: { tokenOrigin, apiOrigin },
}

describe('an origin that a provider names', () => {
  it.each([
    ['https://accounts.acme.eu', 'https://accounts.acme.eu'],
    ['https://accounts.acme.eu/', 'https://accounts.acme.eu'],
    ['https://ACCOUNTS.acme.eu:443', 'https://accounts.acme.eu'],
  ])('%s is taken where it is listed', (said, origin) => {
    expect(readOrigin(tokenOrigin, said)).toEqual({ origin })
  })

  it.each([
    'http://accounts.acme.eu',
    'https://accounts.acme.eu:8443',
    'https://accounts.acme.eu.',
    'https://accounts.acme.eu.evil.example',
    'https://evil.example/accounts.acme.eu',
    'https://evil.example#accounts.acme.eu',
    'https://evil.example\\.accounts.acme.eu',
    'https://accounts.acme.eu@evil.example',
    'https://me@accounts.acme.eu',
    'https://accounts.acme.eu/x',
    'https://accounts.acme.eu/?',
    'https://accounts.acme.eu/#x',
    'https://www.acme.eu',
    '//accounts.acme.eu',
    'accounts.acme.eu',
    'javascript:alert(1)',
    '',
    null,
    7,
    ['https://accounts.acme.eu'],
  ])('X-58: %j is refused', (said) => {
    expect(readOrigin(tokenOrigin, said)).toEqual({ refused: expect.any(String) })
  })

  it('may lie below a domain, and is no such domain that only looks so', () => {
    const read = (said: string) => readOrigin(apiOrigin, said)
    expect(read('https://a.acme.eu')).toEqual({ origin: 'https://a.acme.eu' })
    expect(read('https://a--b.c.acme.eu')).toEqual({ origin: 'https://a--b.c.acme.eu' })
    for (const said of [
      'https://acme.eu',
      'https://.acme.eu',
      'https://evil-acme.eu',
      'https://a.acme.eu.evil.example',
      'https://a.acme.eu:8443',
      'http://a.acme.eu',
    ]) {
      expect(read(said), said).toHaveProperty('refused')
    }
  })

  it('is refused by its host, and by what to do where it is right', () => {
    expect(readOrigin(apiOrigin, 'https://x.example')).toEqual({
      refused: expect.stringMatching(/^its api_domain names x\.example,.* add it to within$/),
    })
    expect(readOrigin(apiOrigin, 'https://token:canary@x.example')).toEqual({
      refused: 'its api_domain is no origin',
    })
  })
})

describe('what was learnt', () => {
  const eu = { tokenOrigin: 'https://accounts.acme.eu', apiOrigin: 'https://www.acme.eu' }

  it('stands in for the declared origins, and for nothing else', () => {
    expect(withLearnt(provider, eu)).toEqual({
      ...provider,
      token: { url: 'https://accounts.acme.eu/token' },
      revocation: {
        ...provider.revocation,
        url: 'https://accounts.acme.eu/revoke/{client_id}?token={token}',
      },
      api: {
        baseUrl: 'https://www.acme.eu/v1/',
        alsoAllowed: ['https://accounts.acme.eu/me', 'https://other.example/'],
        cors: false,
      },
      profile: { ...provider.profile, path: 'https://accounts.acme.eu/me' },
    })
  })

  it('moves only the API where both are declared at one origin', () => {
    const api = { ...provider.api, baseUrl: 'https://accounts.acme.example/' }
    const { token, api: moved } = withLearnt({ ...provider, api }, { apiOrigin: eu.apiOrigin })
    expect(token).toEqual(provider.token)
    expect(moved.baseUrl).toBe('https://www.acme.eu/')
    expect(moved.alsoAllowed).toEqual(['https://www.acme.eu/me', 'https://other.example/'])
  })

  it('X-58: is as if never learnt where it is not listed, wherever it was kept', () => {
    const evil = { tokenOrigin: 'https://evil.example', apiOrigin: 'https://evil.example' }
    expect(withLearnt(provider, evil)).toEqual(provider)
    const { learnt: _, ...plain } = provider
    expect(withLearnt(plain, eu)).toBe(plain)
    expect(withLearnt(provider, undefined)).toEqual(provider)
  })
})

describe('a token reply', () => {
  const read = (member: unknown) =>
    readTokenReply(provider, 200, JSON.stringify({ access_token: 'a', api_domain: member }))

  it('says where the API is', () => {
    expect(read('https://www.acme.eu')).toMatchObject({
      kind: 'tokens',
      tokens: { apiOrigin: 'https://www.acme.eu' },
    })
    expect(read(undefined)).toEqual({
      kind: 'tokens',
      tokens: { accessToken: 'a', tokenType: 'Bearer' },
    })
  })

  it.each(['https://evil.example', '', null])('X-58: that names %j is not used', (named) => {
    expect(read(named)).toMatchObject({
      kind: 'unreadable',
      reason: expect.stringContaining('its'),
    })
  })
})

describe('a declaration', () => {
  const listing = (...within: string[]): LearntOrigins => ({
    apiOrigin: { from: 'x', within: [...within, 'https://www.acme.example'] },
  })
  const check = (learnt: LearntOrigins) => checkProvider({ ...provider, learnt })

  it('may list origins, and domains of which all is the provider’s', () => {
    expect(checkProvider(provider)).toEqual([])
    expect(check(listing('https://a.example', 'https://*.a.b.example'))).toEqual([])
    expect(check(listing('http://*.acme.localhost:4180', 'http://127.0.0.1:1'))).toEqual([])
  })

  it.each([
    'https://*.com',
    'https://*',
    'https://*evil.example',
    'https://a.*.example',
    'https://*.*.example',
    'http://a.example',
    'http://*.a.example',
    'https://a.example/',
    'https://a.example/x',
    'https://me@a.example',
    'https://*.127.0.0.1',
    'a.example',
    '*',
  ])('can not list %s', (listed) => {
    expect(check(listing(listed))).toEqual([expect.stringContaining(`learnt.apiOrigin.within[0]`)])
  })

  it('lists what it declares itself', () => {
    const within = ['https://www.acme.eu']
    expect(check({ apiOrigin: { from: 'x', within }, tokenOrigin: { from: 'y', within } })).toEqual(
      [
        expect.stringContaining('learnt.tokenOrigin.within lacks https://accounts.acme.example'),
        expect.stringContaining('learnt.apiOrigin.within lacks https://www.acme.example'),
      ],
    )
  })

  it('leaves the token endpoint’s origin to an exchange', () => {
    expect(checkProvider({ ...provider, route: 'direct' })).toEqual([
      expect.stringContaining('only an exchange reads it'),
    ])
  })

  it('names a scheme that can stand in a header', () => {
    const scheme = (text: string) =>
      checkProvider({ ...provider, api: { ...provider.api, scheme: text } })
    expect(scheme('Acme-oauthtoken')).toEqual([])
    expect(scheme('Acme token')).toHaveLength(1)
    expect(scheme('Acme\r\nX: y')).toHaveLength(1)
  })
})
