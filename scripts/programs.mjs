import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * Servers and browsers that tests start, each with the package of Debian (and its derivatives) that has it.
 *
 * @type {Readonly<Record<string, string>>}
 */
const debianPackages = {
  caddy: 'caddy',
  nginx: 'nginx',
  openssl: 'openssl',
  'redis-server': 'redis-server',
  'firefox-esr': 'firefox-esr',
  WebKitWebDriver: 'webkit2gtk-driver',
  Xvfb: 'xvfb',
}

// Debian keeps servers where the PATH of most people does not look.
const places = ['/usr/sbin', '/usr/local/sbin', '/usr/local/bin', '/opt/homebrew/bin']

/**
 * Looks for a program on the `PATH`, then where systems put servers.
 *
 * @param {string} name
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | undefined} its path
 */
export function findProgram(name, env = process.env) {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  return [...folders, ...places].map((folder) => join(folder, name)).find(isExecutable)
}

/** @param {readonly string[]} names @returns {string[]} those that are not found */
export const missingPrograms = (names) => names.filter((name) => findProgram(name) === undefined)

/** @param {readonly string[]} names @returns {string[]} the packages of Debian that have them */
export const packagesOf = (names) => names.map((name) => debianPackages[name] ?? name)

/** @param {string} path */
export function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
