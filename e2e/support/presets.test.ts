import { readFileSync, readdirSync } from 'node:fs'
import { createEmulator } from '@spa-dance/emulator'
import { describe, expect, it } from 'vitest'
import { rows } from './provider-table.ts'
import { readmePath, withProviderTable } from './readme.ts'

const filesIn = (folder: string, end: string): readonly string[] =>
  readdirSync(new URL(`../../${folder}`, import.meta.url))
    .filter((file) => file.endsWith(end) && /^[a-z0-9-]+\.\w+$/.test(file))
    .map((file) => file.slice(0, -end.length))
    .toSorted()

/** Two make a declaration out of what an app says; the others are one provider each. */
const presets = filesIn('packages/providers/src/presets', '.ts').filter(
  (id) => id !== 'custom' && id !== 'oidc',
)

describe('a preset', () => {
  it.each(presets)('%s has a counterpart in the emulator', (id) => {
    expect(() => createEmulator({ registrations: { [id]: [] } })).not.toThrow()
  })

  it('has a row in the table of the end-to-end run', () => {
    const own = rows.filter(({ variant }) => variant === undefined)
    expect(own.map(({ id }) => id).toSorted()).toEqual(presets)
  })

  it('has a page in docs/providers', () => {
    expect(filesIn('docs/providers', '.md')).toEqual(presets)
  })

  it('has a line in the table of the README, which `pnpm conformance:update` writes', () => {
    const readme = readFileSync(readmePath, 'utf8')
    expect(readme).toBe(withProviderTable(readme))
  })
})
