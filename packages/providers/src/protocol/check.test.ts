import { expect, it } from 'vitest'
import { isSafeUrl } from './check.ts'

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
