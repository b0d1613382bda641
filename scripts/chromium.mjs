import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { isExecutable } from './programs.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const PLACES = [
  '/usr/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/**
 * The arguments for headless Chromium in tests: no sandbox (it can't start as root), and none of
 * the browser's own calls to the network.
 *
 * @type {readonly string[]}
 */
export const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * Looks for a Chromium: `CHROME_PATH` or `CHROMIUM_PATH`, then the `PATH`, then where systems and
 * Playwright put it.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | undefined} the path of the executable
 */
export function findChromium(env = process.env) {
  const onPath = (env['PATH'] ?? '')
    .split(process.platform === 'win32' ? ';' : ':')
    .filter((folder) => folder !== '')
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
  return [env['CHROME_PATH'], env['CHROMIUM_PATH'], ...onPath, ...PLACES, ...playwrights(env)].find(
    (path) => path !== undefined && path !== '' && isExecutable(path),
  )
}

/** @param {NodeJS.ProcessEnv} env */
function playwrights(env) {
  const cache = process.platform === 'darwin' ? 'Library/Caches' : '.cache'
  const folder = env['PLAYWRIGHT_BROWSERS_PATH'] ?? join(homedir(), cache, 'ms-playwright')
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => /^chromium-\d+$/.test(name))
    .toSorted()
    .flatMap((name) => [
      join(folder, name, 'chrome-linux', 'chrome'),
      join(folder, name, 'chrome-linux64', 'chrome'),
      join(folder, name, 'chrome-mac', 'Chromium.app', 'Contents', 'MacOS', 'Chromium'),
    ])
}
