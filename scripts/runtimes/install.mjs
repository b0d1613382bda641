import { spawnSync } from 'node:child_process'
import { existsSync, linkSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

// 200 MB, which is too much for everybody's node_modules.
const folder = fileURLToPath(new URL('../../.tools/runtimes', import.meta.url))
const versions = ['deno@2.9.6', 'bun@1.4.5']

/**
 * Brings Deno and Bun into `.tools/`, unless they are there. The programs lie in packages of their own,
 * one per system, so no install script has to run.
 *
 * @returns {{ deno: string, bun: string, bin: string }} the programs, and a folder with both
 * @throws {Error} that says what to do instead
 */
export function installRuntimes() {
  const modules = join(folder, 'node_modules')
  const bin = join(folder, 'bin')
  if (!existsSync(bin)) {
    console.log(`• Installing ${versions.join(' and ')} into .tools/ …`)
    mkdirSync(folder, { recursive: true })
    const args = ['install', '--prefix', folder, '--no-save', '--ignore-scripts', '--no-audit']
    const { status } = spawnSync('npm', [...args, '--no-fund', '--loglevel=error', ...versions], {
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    if (status !== 0) throw new Error(`Can't install them: try "npm i -g ${versions.join(' ')}".`)
    mkdirSync(bin)
    linkSync(programOf(join(modules, '@deno'), 'deno'), join(bin, 'deno'))
    linkSync(programOf(join(modules, '@oven'), 'bin/bun'), join(bin, 'bun'))
    linkSync(programOf(join(modules, '@oven'), 'bin/bun'), join(bin, 'bunx'))
  }
  return { deno: join(bin, 'deno'), bun: join(bin, 'bun'), bin }
}

/**
 * @param {string} scope with one package for this system
 * @param {string} path
 */
function programOf(scope, path) {
  const found = existsSync(scope) ? readdirSync(scope) : []
  const program = found.map((name) => join(scope, name, path)).find((file) => existsSync(file))
  if (program === undefined) throw new Error(`There is no ${path} for this system.`)
  return program
}
