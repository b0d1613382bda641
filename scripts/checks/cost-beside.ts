import { brotliCompressSync } from 'node:zlib'

const turns = 8

const bytes = (text: string): number => brotliCompressSync(text).length

/**
 * What a short text adds to a long one, in bytes after brotli.
 *
 * One difference of two compressed sizes is off by up to 20 B: it depends on where in the text the
 * compressor happens to cut it. So the long text is turned around, begins somewhere else each time,
 * and the mean is taken, which a change elsewhere in the long text moves by a byte or two.
 *
 * @param long a minified module
 * @returns asks for the short one, a minified module too
 */
export function costBeside(long: string): (short: string) => number {
  const statements = long.split(';')
  const bases = Array.from({ length: turns }, (_, turn) => {
    const at = Math.round((statements.length * turn) / turns)
    const text = [...statements.slice(at), ...statements.slice(0, at)].join(';')
    return { text, size: bytes(text) }
  })
  return (short) => {
    const costs = bases.map(({ text, size }) => bytes(`${text};${short}`) - size)
    return Math.round(costs.reduce((sum, cost) => sum + cost, 0) / turns)
  }
}
