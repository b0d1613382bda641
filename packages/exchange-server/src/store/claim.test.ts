import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { claimOrWait, type Cells } from './claim.ts'
import { memoryCells } from './isolate.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const after = (milliseconds: number, answer: string) => (): Promise<string> =>
  new Promise((resolve) => setTimeout(() => resolve(answer), milliseconds))
const never = (): Promise<string> => new Promise(() => {})

describe('one who is at work', () => {
  it('keeps the work for as long as it takes', async () => {
    const shared = memoryCells()
    const second = vi.fn(never)
    const asked = [
      claimOrWait(shared, 'key', 30, after(40_000, 'the first')),
      claimOrWait(shared, 'key', 30, second),
    ]
    await vi.advanceTimersByTimeAsync(41_000)
    expect(await Promise.all(asked)).toEqual(['the first', 'the first'])
    expect(second).not.toHaveBeenCalled()
  })

  it('loses it soon after its death', async () => {
    const shared = memoryCells()
    const dead: Cells = { ...shared, extend: () => Promise.reject(new Error('gone')) }
    void claimOrWait(dead, 'key', 30, never)
    const second = claimOrWait(shared, 'key', 30, after(0, 'the second'))
    await vi.advanceTimersByTimeAsync(6000)
    expect(await second).toBe('the second')
  })

  it('leaves a later claim alone when it fails at last', async () => {
    const shared = memoryCells()
    const dead: Cells = { ...shared, extend: () => Promise.reject(new Error('gone')) }
    const late = (): Promise<string> =>
      after(8000, '')().then(() => Promise.reject(new Error('no')))
    const failed = claimOrWait(dead, 'key', 30, late).catch(() => 'failed')
    const second = claimOrWait(shared, 'key', 30, after(20_000, 'the second'))
    const third = claimOrWait(shared, 'key', 30, never)
    await vi.advanceTimersByTimeAsync(30_000)
    expect(await Promise.all([failed, second, third])).toEqual([
      'failed',
      'the second',
      'the second',
    ])
  })
})
