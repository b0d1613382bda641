import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../examples', import.meta.url))
const examples = readdirSync(root).filter((name) => name.startsWith('exchange-'))
const read = (...path: string[]): string => readFileSync(join(root, ...path), 'utf8')

test('an example has 30 lines at most, and its page tells every variable that it reads', () => {
  expect(examples).toHaveLength(5)
  for (const name of examples) {
    const code = read(name, 'main.ts')
    expect([name, code.trimEnd().split('\n').length <= 30]).toEqual([name, true])
    const told = readdirSync(join(root, name))
      .filter((file) => /^README\.md$|^wrangler\.jsonc$/.test(file))
      .map((file) => read(name, file))
      .join('\n')
    const variables = code.match(/\b[A-Z][A-Z0-9]*_[A-Z_]+\b/g) ?? []
    expect(variables.filter((variable) => !told.includes(variable))).toEqual([])
  }
})
