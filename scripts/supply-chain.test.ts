import { readFileSync, readdirSync } from 'node:fs'
import { expect, test } from 'vitest'

const root = new URL('..', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')
const packages = readdirSync(new URL('packages', root)).map((name) => `packages/${name}`)

interface Manifest {
  readonly files?: readonly string[]
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
}
const manifests = packages.map((folder): [string, Manifest] => [
  folder,
  JSON.parse(read(`${folder}/package.json`)),
])

/** Below these there are known holes: in CORS, body limits, and streams that end a process. */
const notBelow: Readonly<Record<string, string>> = {
  hono: '4.12.34',
  '@hono/node-server': '2.0.10',
}

const olderThan = (version: string, least: string): boolean => {
  const [a, b] = [version, least].map((text) => text.split('.').map(Number))
  const at = [0, 1, 2].find((n) => a?.[n] !== b?.[n])
  return at !== undefined && (a?.[at] ?? 0) < (b?.[at] ?? 0)
}

test('X-52: what is shipped depends on exact versions, none of them known to be weak', () => {
  for (const [folder, { dependencies = {} }] of manifests) {
    for (const [name, version] of Object.entries(dependencies)) {
      const exact = /^(workspace:\*|\d+\.\d+\.\d+)$/.test(version)
      expect(exact, `${folder} pins ${name}`).toBe(true)
      const least = notBelow[name]
      if (least !== undefined) {
        expect(olderThan(version, least), `${folder} has ${name} ${version}`).toBe(false)
      }
    }
  }
})

test('X-52: a package ships a list of files, and runs nothing when it is installed', () => {
  for (const [folder, { files = [], scripts = {} }] of manifests) {
    expect(files, folder).not.toEqual([])
    for (const name of ['preinstall', 'install', 'postinstall', 'prepare']) {
      expect(scripts, folder).not.toHaveProperty(name)
    }
  }
})

test('X-52: every package in the lockfile has its hash, and none may run an install script', () => {
  const [, packages = ''] = /\npackages:\n(.*?)\nsnapshots:/s.exec(read('pnpm-lock.yaml')) ?? []
  const resolutions = [...packages.matchAll(/^ {4}resolution: (.*)$/gm)].map(([, text]) => text)
  expect(resolutions.length).toBeGreaterThan(100)
  expect(
    resolutions.filter((text) => !/^\{integrity: sha512-[\w+/]+=*\}$/.test(text ?? '')),
  ).toEqual([])
  const [, allowed = ''] = /^allowBuilds:\n((?: {2}.*\n)+)/m.exec(read('pnpm-workspace.yaml')) ?? []
  expect(allowed).toMatch(/^( {2}\S+: false\n)+$/)
})
