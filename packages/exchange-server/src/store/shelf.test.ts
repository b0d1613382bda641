import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createShelf } from './shelf.ts'

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000, toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

it('keeps a value for its time', () => {
  const shelf = createShelf<string>(10)
  shelf.put('long', 'a', 60)
  shelf.put('short', 'b', 10)
  vi.setSystemTime(1_009_999)
  expect([shelf.get('long'), shelf.get('short')]).toEqual(['a', 'b'])
  vi.setSystemTime(1_010_000)
  expect([shelf.get('long'), shelf.get('short')]).toEqual(['a', undefined])
  vi.setSystemTime(1_060_000)
  expect(shelf.get('long')).toBeUndefined()
})

it('counts by the millisecond, whenever it begins', () => {
  vi.setSystemTime(1_000_250)
  const shelf = createShelf<string>(10)
  vi.setSystemTime(1_000_600)
  shelf.put('a', 'a', 5)
  vi.setSystemTime(1_005_599)
  expect(shelf.get('a')).toBe('a')
  vi.setSystemTime(1_005_600)
  expect(shelf.get('a')).toBeUndefined()
})

it('begins the time anew with a new value, behind all others', () => {
  const shelf = createShelf<string>(2)
  shelf.put('a', 'old', 10)
  shelf.put('b', 'b', 60)
  shelf.put('a', 'new', 60)
  vi.setSystemTime(1_010_000)
  expect([shelf.get('a'), shelf.get('b')]).toEqual(['new', 'b'])
  shelf.put('c', 'c', 60)
  expect(['a', 'b', 'c'].map(shelf.get)).toEqual(['new', undefined, 'c'])
})

it('drops the oldest where all weigh too much, and what it is told to', () => {
  const shelf = createShelf<string>(10, (text) => text.length)
  shelf.put('a', '4444', 60)
  shelf.put('b', '55555', 60)
  expect([shelf.get('a'), shelf.get('b')]).toEqual(['4444', '55555'])
  shelf.put('c', '22', 60)
  expect(['a', 'b', 'c'].map(shelf.get)).toEqual([undefined, '55555', '22'])
  shelf.drop('b')
  shelf.put('d', '88888888', 60)
  expect(['b', 'c', 'd'].map(shelf.get)).toEqual([undefined, '22', '88888888'])
  shelf.put('e', 'larger than it all', 60)
  expect(['c', 'd', 'e'].map(shelf.get)).toEqual([undefined, undefined, undefined])
})
