import { readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = dirname(fileURLToPath(import.meta.url))

/** Every file that an import leads to, with what it takes from packages. */
function reach(file: string, seen = new Map<string, string[]>()): Map<string, string[]> {
  if (seen.has(file)) return seen
  const found = [...readFileSync(file, 'utf8').matchAll(/(?:from|import) '([^']+)'/g)].map(
    ([, name = '']) => name,
  )
  seen.set(
    file,
    found.filter((name) => !name.startsWith('.')),
  )
  for (const name of found) if (name.startsWith('.')) reach(join(dirname(file), name), seen)
  return seen
}

it('X-53: the core needs Fetch and WebCrypto, and five packages at most', () => {
  const files = reach(join(root, 'index.ts'))
  expect(files.size).toBeGreaterThan(30)
  expect(new Set([...files.values()].flat())).toEqual(
    new Set([
      '@spa-dance/providers',
      '@spa-dance/providers/protocol',
      'hono',
      'jose',
      'oauth-1.0a',
    ]),
  )
  const ofNode = [...files.keys()].filter((file) => /^(node|cli)\b/.test(relative(root, file)))
  expect(ofNode).toEqual([])
})
