import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { DanceError, isDanceError } from './errors.ts'

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')

test('every code has its section in the guide, and every section its code', () => {
  const [union = ''] = /DanceErrorCode =[^}]*?\n\n/.exec(read('./errors.ts')) ?? []
  const codes = [...union.matchAll(/'([a-z-]+)'/g)].map(([, code]) => code)
  const sections = [...read('../../../docs/errors.md').matchAll(/^### (.+)$/gm)]
  expect(codes.length).toBeGreaterThan(20)
  expect(new Set(sections.map(([, title]) => title))).toEqual(new Set(codes))
})

test('a DanceError says who, what, and whether a retry can help', () => {
  const cause = new Error('why')
  const error = new DanceError('timeout', 'Too slow.', { client: 'github', retryable: true, cause })
  expect(error.message).toBe('[dance] [github] Too slow.')
  expect(error).toMatchObject({ code: 'timeout', client: 'github', retryable: true, cause })
  expect(new DanceError('timeout', 'Too slow.')).toMatchObject({ retryable: false })
})

test('a DanceError of another copy of the package is known, and nothing else is', () => {
  const foreign = Object.assign(new Error('x'), { name: 'DanceError', code: 'timeout' })
  expect(isDanceError(foreign)).toBe(true)
  for (const other of [new Error('x'), { name: 'DanceError', code: 'timeout' }, null, 'timeout']) {
    expect(isDanceError(other)).toBe(false)
  }
})
