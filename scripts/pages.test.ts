import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const root = new URL('..', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')
const namesIn = (folder: string, end: string): readonly string[] =>
  readdirSync(new URL(folder, root))
    .filter((file) => file.endsWith(end) && /^[A-Za-z0-9-]+\.\w+$/.test(file))
    .map((file) => file.slice(0, -end.length))

const presets = namesIn('packages/providers/src/presets', '.ts').filter(
  (name) => name !== 'custom' && name !== 'oidc',
)

it('lists every page of the documentation in its index', () => {
  const index = read('docs/README.md')
  const missing = namesIn('docs', '.md').filter((name) => !index.includes(`(${name}.md)`))
  expect(missing).toEqual(['README'])
})

it('has a page, a line in the README and a reader of variables for every preset', () => {
  const pages = namesIn('docs/providers', '.md')
  const readme = read('README.md')
  const variables = read('packages/exchange-server/src/node/presets.ts')
  const missing = presets.flatMap((id) => [
    ...(pages.includes(id) ? [] : [`docs/providers/${id}.md`]),
    ...(readme.includes(`docs/providers/${id}.md`) ? [] : [`README.md: ${id}`]),
    ...(variables.includes(`@spa-dance/providers/${id}'`) ? [] : [`node/presets.ts: ${id}`]),
  ])
  expect(missing).toEqual([])
  expect(pages.toSorted()).toEqual(presets.toSorted())
})
