import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')
const files = readdirSync(new URL('.', import.meta.url))
  .filter((file) => file.endsWith('.ts') && !/\.(test|contract)\.ts$/.test(file))
  .map((file) => file.replace(/\.ts$/, ''))
// These two make a declaration out of what an app says; the others are one provider each.
const generic = ['custom', 'oidc']
const presets = files.filter((file) => !generic.includes(file))

describe.each(presets)('the preset file %s', (id) => {
  const source = read(`./${id}.ts`)

  it('is short', () => {
    const code = source.replace(/\/\*\*[\s\S]*?\*\//g, '').split('\n')
    expect(code.filter((line) => line.trim() !== '').length).toBeLessThanOrEqual(50)
  })

  it('imports nothing but types', () => {
    expect(source.match(/^import (?!type )/gm)).toBeNull()
  })

  it('says what to register, and when its facts were checked', () => {
    expect(source).toMatch(/register/i)
    expect(source).toMatch(/checked \d{4}-\d{2}-\d{2}/)
  })
})

it.each(files)('the file %s exports the preset under its own name', async (file) => {
  const name = file.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
  expect(await import(`./${file}.ts`)).toHaveProperty(name, expect.any(Function))
})
