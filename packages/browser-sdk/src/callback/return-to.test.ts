import { expect, test } from 'vitest'
import { safeReturnTo } from './return-to.ts'

const origin = 'https://app.example'

test.each(['/', '/a/b?c=d#/e', '/?x=//y', `${origin}/a?b`])('%s is a place of ours', (given) => {
  expect(safeReturnTo(given, origin, '/')).toBe(given.replace(origin, ''))
})

test.each([
  '//evil.example',
  '/\\evil.example',
  '\t//evil.example',
  '/\t/evil.example',
  'https:evil.example',
  'https://evil.example/',
  'https://app.example.evil/',
  'https://app.example@evil.example/',
  'javascript:alert(1)',
  'data:text/html,x',
  `blob:${origin}/x`,
  '/%5cevil.example',
  '/..//evil.example',
  `/${'a'.repeat(10_000)}`,
  '',
])('B-11: %s is not, so home it is', (given) => {
  expect(safeReturnTo(given, origin, '/')).toBe('/')
})
