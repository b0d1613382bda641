// Runs on any Node from 20 on, before anything is installed: so plain JavaScript, no dependency.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findChromium } from './chromium.mjs'
import { missingPrograms, packagesOf } from './programs.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const windows = process.platform === 'win32'
const ownPnpm = join(root, '.tools', 'node_modules', 'pnpm', windows ? 'pnpm.exe' : 'pnpm')

/**
 * What the workspace's tools need, ready for use.
 *
 * @typedef {object} Tools
 * @property {string[]} pnpm the command and its first arguments: `spawn(pnpm[0], [...pnpm.slice(1), 'exec', …])`
 * @property {string} [chromium] the browser's path, if one was asked for
 * @property {Record<string, string>} env for child processes: the workspace's Node and tools lead the
 *   `PATH`, and `CHROME_PATH` names the browser
 */

/**
 * Makes a fresh clone ready: finds or installs pnpm (into `.tools/`), installs the dependencies if the
 * lockfile has changed, checks the Node that the tools get, and, if asked, finds or installs Chromium
 * and servers. When nothing is missing it takes a fraction of a second.
 *
 * @param {object} options
 * @param {boolean} options.browser whether Chromium is needed
 * @param {readonly string[]} [options.programs] what else is, of those in programs.mjs
 * @param {readonly string[]} [options.wanted] what else is good to have, of the same: where it can't be
 *   installed, that is left to those who look for it
 * @returns {Promise<Tools>}
 * @throws {Error} whose message says in one line what to install
 */
export async function bootstrap({ browser, programs = [], wanted = [] }) {
  const pnpm = findPnpm() ?? installPnpm()
  installDependencies(pnpm)
  const path = [
    join(root, 'node_modules', '.bin'),
    ...(pnpm[0] === ownPnpm ? [dirname(ownPnpm)] : []),
    process.env['PATH'] ?? '',
  ].join(delimiter)
  /** @type {Record<string, string>} */
  const env = { ...definedEntries(process.env), PATH: path }
  checkNode(env)
  installPrograms(missingPrograms(programs))
  if (canInstall()) {
    try {
      installPrograms(missingPrograms(wanted))
    } catch (error) {
      console.error(error instanceof Error ? error.message : error)
    }
  }
  if (!browser) return { pnpm, env }
  const chromium = findChromium() ?? installChromium()
  return { pnpm, chromium, env: { ...env, CHROME_PATH: chromium } }
}

/** @param {NodeJS.ProcessEnv} env @returns {Record<string, string>} */
function definedEntries(env) {
  return Object.fromEntries(
    Object.entries(env).flatMap(([k, v]) => (v === undefined ? [] : [[k, v]])),
  )
}

/** The pnpm that package.json names. @returns {string} */
function pnpmVersion() {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return String(packageManager).replace(/^pnpm@/, '')
}

/** @returns {string[] | undefined} */
function findPnpm() {
  const major = pnpmVersion().split('.')[0]
  return ['pnpm', ownPnpm]
    .filter((command) => {
      const { status, stdout } = spawnSync(command, ['--version'], { cwd: root, encoding: 'utf8' })
      return status === 0 && stdout.trim().split('.')[0] === major
    })
    .map((command) => [command])[0]
}

/** @returns {string[]} */
function installPnpm() {
  const version = pnpmVersion()
  say(`Installing pnpm ${version} into .tools/`)
  const args = ['install', '--prefix', '.tools', '--no-save', '--no-audit', '--no-fund']
  run('npm', [...args, `pnpm@${version}`], `Can't install pnpm: run "npm i -g pnpm@${version}".`)
  const pnpm = findPnpm()
  if (pnpm === undefined) throw new Error(`pnpm doesn't start: run "npm i -g pnpm@${version}".`)
  return pnpm
}

/** @param {string[]} pnpm */
function installDependencies([command = 'pnpm', ...args]) {
  if (installed()) return
  say('Installing dependencies')
  run(
    command,
    [...args, 'install', '--frozen-lockfile', '--config.confirmModulesPurge=false'],
    'Can\'t install the dependencies: see above. After editing a package.json, run "pnpm install".',
  )
}

/** Whether node_modules was made from this very lockfile, of which pnpm keeps a copy there. */
function installed() {
  const copy = join(root, 'node_modules', '.pnpm', 'lock.yaml')
  return existsSync(copy) && readFileSync(copy).equals(readFileSync(join(root, 'pnpm-lock.yaml')))
}

/** @param {Record<string, string>} env */
function checkNode(env) {
  const { stdout } = spawnSync('node', ['--version'], { env, encoding: 'utf8' })
  const [major = 0, minor = 0] = stdout.trim().slice(1).split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 18)) return
  throw new Error(
    `The tools need Node 22.18 or newer; on this system they would get ${stdout.trim()}. ` +
      'Install Node 24 and try again. (On Linux x64 it comes with the dependencies.)',
  )
}

/** @returns {string} */
function installChromium() {
  const advice = 'Install Chromium or Chrome, or set CHROME_PATH to one, and try again.'
  installFromDebian(['chromium'], advice)
  const chromium = findChromium()
  if (chromium === undefined) throw new Error(`Chromium was installed, but isn't found. ${advice}`)
  return chromium
}

/** @param {readonly string[]} missing */
function installPrograms(missing) {
  if (missing.length === 0) return
  const names = missing.join(' and ')
  const advice = `The tests start ${names}: install ${missing.length > 1 ? 'them' : 'it'}, and try again.`
  installFromDebian(packagesOf(missing), advice)
}

/**
 * @param {readonly string[]} packages
 * @param {string} advice for where that can't be done
 */
function installFromDebian(packages, advice) {
  if (!canInstall()) throw new Error(advice)
  say(`Installing ${packages.join(', ')} from Debian`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  run('apt-get', ['update', '-q'], `apt-get update failed. ${advice}`, env)
  const install = ['install', '-y', '-q', '--no-install-recommends', ...packages]
  run('apt-get', install, `Can't install ${packages.join(', ')}. ${advice}`, env)
}

/** Whether this is Debian, and its administrator. */
function canInstall() {
  const release = '/etc/os-release'
  const isDebian = existsSync(release) && /^ID="?debian"?$/m.test(readFileSync(release, 'utf8'))
  return isDebian && process.getuid?.() === 0
}

/**
 * Runs a command to its end, shows what it says only if it fails.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} failure what to tell the person then
 * @param {NodeJS.ProcessEnv} [env]
 */
function run(command, args, failure, env = process.env) {
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    cwd: root,
    env,
    encoding: 'utf8',
    shell: windows,
    maxBuffer: 2 ** 26,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (status === 0) return
  process.stderr.write(`${stdout ?? ''}${stderr ?? ''}`)
  throw new Error(failure, { cause: error })
}

/** @param {string} what */
function say(what) {
  console.log(`• ${what} …`)
}
