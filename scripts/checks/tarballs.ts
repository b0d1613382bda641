// Judges the packed packages in the folder given: what an app would get.
import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, matchesGlob } from 'node:path'
import { promisify } from 'node:util'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { finish, root, type Manifest } from './workspace.ts'

const run = promisify(execFile)
const allowed = /^package\/(dist\/|(package\.json|README\.md|LICENSE)$)/

/** Files that don't belong there, files that are missing, and traces of the workspace. */
async function judgeFiles(tarball: string): Promise<string[]> {
  const list = (await run('tar', ['-tzf', tarball])).stdout.trim().split('\n')
  const text = (await run('tar', ['-xzOf', tarball, 'package/package.json'])).stdout
  const { exports } = JSON.parse(text) as Manifest
  const targets = Object.values(exports).flatMap((target) =>
    typeof target === 'string' ? [target] : Object.values(target).filter((path) => path !== null),
  )
  const needed = ['./LICENSE', './README.md', ...targets]
  return [
    ...list
      .filter((path) => !allowed.test(path) || /\.(test|contract)\./.test(path))
      .map((path) => `${path} is packed`),
    ...needed
      .filter((path) => !list.some((file) => matchesGlob(file, join('package', path))))
      .map((path) => `${path} is not packed`),
    ...['spa-dance-source', 'workspace:', '/src/']
      .filter((trace) => text.includes(trace))
      .map((trace) => `package.json says "${trace}"`),
  ]
}

async function judgeExports(tarball: string): Promise<string[]> {
  // A copy: the buffer behind a small file holds others, too.
  const { buffer } = new Uint8Array(readFileSync(tarball))
  const { messages, pkg } = await publint({ pack: { tarball: buffer }, strict: true })
  return messages.map((message) => formatMessage(message, pkg, { color: false }) ?? message.code)
}

async function judgeTypes(tarball: string): Promise<string[]> {
  const attw = join(root, 'node_modules/.bin/attw')
  // It leaves out what a pattern exports, unless it is told of each.
  const { stdout } = await run('tar', ['-tzf', tarball])
  const presets = [...stdout.matchAll(/dist\/presets\/([a-z0-9-]+)\.js$/gm)].map(([, name]) => name)
  const more = presets.length > 0 ? ['--include-entrypoints', ...presets.map(String)] : []
  try {
    await run(attw, [tarball, '--profile=esm-only', '--format=ascii', '--no-color', ...more])
    return []
  } catch (error) {
    return [(error as { stdout: string }).stdout]
  }
}

const folder = process.argv[2] ?? ''
const tarballs = readdirSync(folder).map((name) => join(folder, name))
const problems = await Promise.all(
  tarballs.map(async (tarball) => {
    const found = await Promise.all([
      judgeFiles(tarball),
      judgeExports(tarball),
      judgeTypes(tarball),
    ])
    return found.flat().map((problem) => `${basename(tarball)}: ${problem}`)
  }),
)
finish(problems.flat())
