import { chromiumArgs, findChromium } from '../chromium.mjs'
import { findProgram } from '../programs.mjs'

/**
 * How Playwright launches an engine of this system.
 *
 * @param {'chromium' | 'firefox'} engine
 * @returns {{ channel?: string, executablePath?: string, args?: string[] }}
 */
export function launchOptions(engine) {
  if (engine === 'firefox') {
    // By WebDriver BiDi, for Playwright's own protocol needs a Firefox of its own.
    return { channel: 'moz-firefox', ...pathTo(findProgram('firefox-esr')) }
  }
  return { args: [...chromiumArgs], ...pathTo(findChromium()) }
}

/** @param {string | undefined} executablePath */
const pathTo = (executablePath) => (executablePath === undefined ? {} : { executablePath })
