import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const root = new URL('..', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')
const namesIn = (folder: string, end: string): readonly string[] =>
  readdirSync(new URL(folder, root))
    .filter((file) => file.endsWith(end) && /^[A-Za-z0-9-]+\.\w+$/.test(file))
    .map((file) => file.slice(0, -end.length))

it('lists every page of the documentation in its index', () => {
  const index = read('docs/README.md')
  const missing = namesIn('docs', '.md').filter((name) => !index.includes(`(${name}.md)`))
  expect(missing).toEqual(['README'])
})
