import { expect, it } from 'vitest'
import { github } from '../presets/github.ts'
import { twitter } from '../presets/twitter.ts'
import type { SignatureMethod } from '../types.ts'
import { checkProvider } from './check.ts'
import { isSafeUrl } from './safe-url.ts'

it.each([
  'https://example.com/a?b',
  'http://localhost:3000/x',
  'http://app.localhost/x',
  'http://127.0.0.1:5173',
  'http://127.1.2.3/',
  'http://[::1]:80/',
])('takes %s', (url) => {
  expect(isSafeUrl(url)).toBe(true)
})

it.each([
  'http://example.com',
  'http://localhost.evil.example',
  'http://evil-localhost/',
  'http://127.0.0.1.evil.example/',
  'https://user:pass@example.com',
  'javascript:alert(1)',
  'data:text/html,x',
  'ftp://localhost/',
  '/relative',
  '',
])('B-12: refuses %j', (url) => {
  expect(isSafeUrl(url)).toBe(false)
})

it('complains of a refresh token that would be sent as a bearer token', () => {
  const bearer = { url: 'https://acme.example/revoke', ends: 'grant', bearer: true } as const
  expect(checkProvider({ ...github(), revocation: bearer })).toEqual([
    expect.stringContaining("takes: 'access_token'"),
  ])
  const right = { ...bearer, takes: 'access_token' } as const
  expect(checkProvider({ ...github(), revocation: right })).toEqual([])
})

it.each(['PLAINTEXT', 'HMAC-SHA512', 'hmac-sha256'])('complains of signatures by %s', (method) => {
  const signature = method as SignatureMethod
  expect(checkProvider({ ...twitter(), signature })).toEqual([
    expect.stringContaining('HMAC-SHA256'),
  ])
})

it('complains of a key in a page, and of an assertion for nobody', () => {
  const token = { url: 'https://acme.example/token', clientAuth: 'private_key_jwt' } as const
  const acme = { ...github(), token }
  const needed = expect.stringContaining('needs token.signedFor')
  expect(checkProvider(acme)).toEqual([needed])
  expect(
    checkProvider({ ...acme, token: { ...token, signedFor: 'https://acme.example' } }),
  ).toEqual([])
  const { authorization } = acme
  const named = { ...acme, authorization: { ...authorization, iss: 'https://acme.example' } }
  expect(checkProvider(named)).toEqual([])
  expect(checkProvider({ ...named, route: 'direct' })).toEqual([
    expect.stringContaining('a page has no secret key'),
  ])
})

it.each(['client_assertion', 'client_assertion_type'])('lets nothing declare %s', (name) => {
  const provider = github()
  const token = { ...provider.token, params: { [name]: 'x' } }
  expect(checkProvider({ ...provider, token })).toEqual([
    `token.params may not carry "${name}": the protocol sets it`,
  ])
})
