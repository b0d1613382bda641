import { expect, it } from 'vitest'
import { github } from '../presets/github.ts'
import { twitter } from '../presets/twitter.ts'
import type { OAuth2Provider, OpenId } from '../types.ts'
import { checkProvider } from './check.ts'
import { isPlain } from './plain.ts'

const openid: OpenId = {
  issuer: 'https://acme.example',
  jwksUrl: 'https://acme.example/keys',
  endSessionUrl: 'https://acme.example/end',
}
const plain: OAuth2Provider = {
  ...github(),
  authorization: { url: 'https://acme.example/authorize' },
  token: { url: 'https://acme.example/token' },
  revocation: { url: 'https://acme.example/revoke/{client_id}', ends: 'grant' },
  api: {
    baseUrl: 'https://api.acme.example/v1/',
    cors: true,
    alsoAllowed: ['https://up.acme.example/'],
  },
  openid,
}
const { authorization, token, api } = plain

it('passes what a check has nothing to say of', () => {
  expect(checkProvider(plain)).toEqual([])
  expect(isPlain(plain)).toBe(true)
  expect(isPlain(twitter())).toBe(true)
})

/** The declaration with one URL replaced, at each place where there is one. */
const withUrl: readonly ((url: string) => OAuth2Provider)[] = [
  (url) => ({ ...plain, authorization: { ...authorization, url } }),
  (url) => ({ ...plain, token: { ...token, url } }),
  (url) => ({ ...plain, revocation: { url, ends: 'grant' } }),
  (baseUrl) => ({ ...plain, api: { ...api, baseUrl } }),
  (url) => ({ ...plain, api: { ...api, alsoAllowed: [url] } }),
  (issuer) => ({ ...plain, openid: { ...openid, issuer } }),
  (jwksUrl) => ({ ...plain, openid: { ...openid, jwksUrl } }),
  (endSessionUrl) => ({ ...plain, openid: { ...openid, endSessionUrl } }),
]

it.each([
  'http://acme.example/',
  'javascript:alert(1)/',
  'data:text/html,x/',
  'https://user:pass@acme.example/',
  'acme.example/',
  '',
])('B-12: has every %j looked at, wherever it is', (url) => {
  for (const make of withUrl) {
    expect(isPlain(make(url))).toBe(false)
    expect(checkProvider(make(url))).not.toEqual([])
  }
})

it.each<[string, Partial<OAuth2Provider>]>([
  ['an API without its slash', { api: { ...api, baseUrl: 'https://api.acme.example/v1' } }],
  ['an API with a query', { api: { ...api, baseUrl: 'https://api.acme.example/?v=1&path=/' } }],
  ['a place with a fragment', { api: { ...api, alsoAllowed: ['https://up.acme.example/#/'] } }],
  ['a page without PKCE', { route: 'direct', pkce: false }],
  [
    'a page that gets a POST',
    { route: 'direct', authorization: { ...authorization, formPost: true } },
  ],
  ['a key in a page', { route: 'direct', token: { ...token, clientAuth: 'private_key_jwt' } }],
  [
    'a refresh token as a bearer token',
    { revocation: { url: token.url, ends: 'grant', bearer: true } },
  ],
  ['anybody’s origins', { learnt: { apiOrigin: { from: 'x', within: ['https://*.com'] } } }],
])('has %s looked at', (_what, member) => {
  expect(isPlain({ ...plain, ...member })).toBe(false)
  expect(checkProvider({ ...plain, ...member })).not.toEqual([])
})
