// The public surface of each package, as its api.md has it: `--update` writes, else it compares.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { build } from 'tsdown'
import { finish, packages, root, type Manifest } from './workspace.ts'

const update = process.argv.includes('--update')

/** The entries that have types: [subpath, source file]. */
function entriesOf(folder: string, { exports }: Manifest): [string, string][] {
  return Object.entries(exports).flatMap(([subpath, conditions]): [string, string][] => {
    const source = typeof conditions === 'string' ? undefined : conditions['spa-dance-source']
    if (source === undefined || source === null) return []
    const [before, after] = source.split('*')
    if (before === undefined || after === undefined) return [[subpath, source]]
    return readdirSync(join(folder, before))
      .filter((file) => file.endsWith(after) && !/\.(test|contract)\./.test(file))
      .map((file) => file.slice(0, -after.length))
      .map((name) => [subpath.replace('*', name), source.replace('*', name)])
  })
}

/** An entry with all the types that it needs, in one file. */
async function declarations(cwd: string, source: string): Promise<string> {
  const { bundles } = await build({
    config: false,
    cwd,
    entry: { entry: source },
    format: 'esm',
    platform: 'neutral',
    dts: { emitDtsOnly: true },
    clean: false,
    write: false,
    logLevel: 'silent',
  })
  return bundles
    .flatMap((bundle) => bundle.chunks)
    .map((chunk) => (chunk.type === 'chunk' ? chunk.code : ''))
    .join('\n')
}

/** Its declarations, without comments: one begins at the start of a line and ends before the next. */
function split(code: string): string[] {
  return code
    .replace(/^\s*\/\*\*[\s\S]*?\*\/\n/gm, '')
    .replace(/^\s*\/\/.*\n/gm, '')
    .split(/\n(?=[a-z])/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

/** The names that a declaration, or a list such as `export { A, type B }`, makes public. */
function exported(part: string): string[] {
  const list = /^export (?:type )?\{(.*)\}/s.exec(part)?.[1]
  if (list !== undefined) return list.split(',').flatMap((name) => name.trim() || [])
  return /^export (?:declare )?[a-z]+ (\w+)/.exec(part)?.slice(1) ?? []
}

/** Sorted, so that moving code about changes nothing; types shown once are not shown again. */
async function report(folder: string, manifest: Manifest): Promise<string> {
  const seen = new Set<string>()
  let text = `# ${manifest.name}\n\nThe public surface. Written by \`pnpm api:update\`.\n`
  for (const [subpath, source] of entriesOf(folder, manifest)) {
    const parts = split(await declarations(folder, source))
    const names = parts.flatMap(exported).toSorted()
    const fresh = parts
      .filter((part) => !/^export (type )?\{|^import /.test(part))
      .map((part) => part.replace(/^export /, '').replace(/^declare /, ''))
      .filter((part) => !seen.has(part))
      .toSorted()
    for (const part of fresh) seen.add(part)
    const name = subpath === '.' ? manifest.name : manifest.name + subpath.slice(1)
    const code = [`export {\n  ${names.join(',\n  ')},\n}`, ...fresh].join('\n')
    text += `\n## ${name}\n\n\`\`\`ts\n${code}\n\`\`\`\n`
  }
  return text
}

/** What is wrong with a package's report. */
async function check({ folder, manifest }: (typeof packages)[number]): Promise<string[]> {
  const path = join(folder, 'api.md')
  const text = await report(folder, manifest)
  if (update) writeFileSync(path, text)
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return []
  return [`${relative(root, path)} doesn't show the surface as it is: run "pnpm api:update"`]
}

const problems = packages.map((one) =>
  check(one).catch((error: unknown) => [`${one.manifest.name}: ${String(error)}`]),
)
finish((await Promise.all(problems)).flat())
