import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const root = new URL('..', import.meta.url)
const presets = readdirSync(new URL('packages/providers/src/presets', root))
  .filter((file) => /^(?!custom\.|oidc\.)[a-z0-9-]+\.ts$/.test(file))
  .map((file) => file.slice(0, -'.ts'.length))

/** Here providers have names: where they are declared, played, and configured from the environment. */
const named =
  /\/(presets|counterparts|testing-internal)\/|providers\/src\/index\.ts$|node\/presets\.ts$|\.(test|contract)\./
const sources = execFileSync(
  'git',
  ['ls-files', '-co', '--exclude-standard', ':(glob)packages/*/src/**'],
  {
    cwd: root,
    encoding: 'utf8',
  },
)
  .split('\n')
  .filter((path) => /\.tsx?$/.test(path) && !named.test(path))

/** Without comments, which may give examples. */
const codeOf = (path: string): string =>
  readFileSync(new URL(path, root), 'utf8').replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*/g, '')

it('asks for no provider by its name, anywhere but where providers are declared', () => {
  // One letter is many things' name.
  const names = presets.filter((id) => id.length > 1)
  const quoted = new RegExp(`(['"\`])(${names.join('|')})\\1`)
  const asked = /\bprovider\.(id|name)\s*[!=]==?|switch \((\w+\.)?provider\.(id|name)\)/
  const found = sources.filter((path) => {
    const code = codeOf(path)
    return quoted.test(code) || asked.test(code)
  })
  expect(sources.length).toBeGreaterThan(150)
  expect(found).toEqual([])
})
