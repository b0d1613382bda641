import { expect, it } from 'vitest'
import { github } from '../presets/github.ts'
import { checkProvider, isSafeUrl } from './check.ts'

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
