import { describe, expect, it } from 'vitest'
import { keep, randomText, take } from './state.ts'

describe('keep()', () => {
  it('never grows beyond its limit, and drops the oldest', () => {
    const map = new Map<string, number>()
    for (const [position, key] of ['a', 'b', 'a', 'c', 'd'].entries()) keep(map, key, position, 3)
    expect([...map.keys()]).toEqual(['a', 'c', 'd'])
  })
})

describe('take()', () => {
  it('gives an entry once', () => {
    const map = new Map([['a', 1]])
    expect(take(map, 'a')).toBe(1)
    expect(take(map, 'a')).toBeUndefined()
  })
})

describe('randomText()', () => {
  it('is base64url, and another each time', () => {
    expect(randomText(16)).toMatch(/^[\w-]{22}$/)
    expect(randomText()).not.toBe(randomText())
  })
})
