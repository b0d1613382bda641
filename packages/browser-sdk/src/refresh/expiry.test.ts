import { expect, test } from 'vitest'
import { createBackOff } from './back-off.ts'
import { isFresh, leadTime } from './expiry.ts'

const hour = 3_600_000

test('a token is renewed a minute before its end, or a tenth of a shorter life', () => {
  expect(leadTime({ issuedAt: 0, expiresAt: hour })).toBe(60_000)
  expect(leadTime({ issuedAt: 0, expiresAt: 60_000 })).toBe(6_000)
  expect(isFresh({ issuedAt: 0, expiresAt: hour }, hour - 60_001)).toBe(true)
  expect(isFresh({ issuedAt: 0, expiresAt: hour }, hour - 60_000)).toBe(false)
  expect(isFresh({ issuedAt: 0 }, 1e15)).toBe(true)
})

test('B-34: a clock set back does not lengthen a life', () => {
  expect(isFresh({ issuedAt: 10 * hour, expiresAt: 11 * hour }, 7 * hour)).toBe(false)
})

test('B-32: waits double with each failure, and a server’s own word counts', () => {
  let now = 0
  const backOff = createBackOff(
    () => now,
    () => 1,
  )
  expect(backOff.wait('a')).toBe(0)
  backOff.failed('a')
  expect(backOff.wait('a')).toBe(2_000)
  backOff.failed('a')
  expect(backOff.wait('a')).toBe(4_000)
  backOff.failed('a', 30_000)
  expect(backOff.wait('a')).toBe(30_000)
  expect(backOff.wait('b')).toBe(0)
  now = 29_000
  expect(backOff.wait('a')).toBe(1_000)
  backOff.succeeded('a')
  expect(backOff.wait('a')).toBe(0)
  backOff.failed('a', 1e12)
  expect(backOff.wait('a')).toBe(hour)
})
