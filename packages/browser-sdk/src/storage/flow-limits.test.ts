import { expect, test } from 'vitest'
import { flowLifetime, flowLimit, isStale, surplusFlows } from './flow-limits.ts'

const now = 1e12
const flow = (state: string, age: number): { state: string; created: number } => ({
  state,
  created: now - age,
})

test('B-9: flows end after ten minutes, also by a clock that was set back', () => {
  expect(isStale(flow('a', flowLifetime), now)).toBe(false)
  expect(isStale(flow('a', flowLifetime + 1), now)).toBe(true)
  expect(isStale(flow('a', -86_400_000), now)).toBe(true)
})

test('B-9: of many flows the oldest go, so that one more fits', () => {
  const many = Array.from({ length: 40 }, (_, n) => flow(String(n), n))
  const gone = surplusFlows([...many, flow('stale', flowLifetime + 1)], now)
  expect(gone).toHaveLength(41 - (flowLimit - 1))
  expect(gone).toContain('stale')
  expect(gone).toContain('39')
  expect(gone).not.toContain('0')
})
