import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { costBeside } from './cost-beside.ts'

/** Statements that no two have in common, as good as random. */
const statements = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, n) => {
    const text = createHash('sha256')
      .update(String(from + n))
      .digest('base64url')
    return `const v${from + n}="${text}"`
  }).join(';')

it('counts what is new in a text, and hardly what stands in the long one already', () => {
  const cost = costBeside(statements(0, 300))
  const [known, fresh] = [cost(statements(100, 110)), cost(statements(500, 510))]
  expect(known).toBeLessThan(80)
  expect(fresh).toBeGreaterThan(300)
})

it('is moved by a change elsewhere by a few bytes at most', () => {
  const short = statements(500, 510)
  const cost = costBeside(statements(0, 300))(short)
  for (const other of [statements(1, 306), `import"./chunk-AB12CD34.js";${statements(0, 300)}`]) {
    expect(Math.abs(costBeside(other)(short) - cost)).toBeLessThanOrEqual(5)
  }
})
