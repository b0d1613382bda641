import { basename } from 'node:path'

/** @typedef {import('./engines.mjs').Engine} Engine */

/**
 * A test that an engine does not pass, or is not asked to.
 *
 * @typedef {object} Unable
 * @property {Engine} engine
 * @property {string} file from the workspace's root; or a folder, with a slash at its end
 * @property {string} [test] its title, or the end of it where that begins with a name; none: all tests of the file
 * @property {string} reason
 */

/**
 * All tests that Chromium passes and another engine doesn't, or is not asked to. docs/browsers.md lists
 * them, too.
 *
 * @type {readonly Unable[]}
 */
export const unable = [
  {
    engine: 'firefox',
    file: 'e2e/tests/bfcache.spec.ts',
    reason:
      'Playwright’s Firefox waits for such a page without end. `e2e/firefox` asks it by WebDriver BiDi',
  },
  {
    engine: 'firefox',
    file: 'e2e/tests/navigation.spec.ts',
    test: 'reload and back after a callback leave a usable page and no second token request',
    reason: 'the same',
  },
  {
    engine: 'firefox',
    file: 'e2e/tests/navigation.spec.ts',
    test: 'back from the consent page gives the app back, ready for another try',
    reason: 'the same',
  },
  {
    engine: 'firefox',
    file: 'e2e/tests/errors.spec.ts',
    test: 'B-37: on a full disk a login lasts as long as its page, and says so',
    reason: 'only Chromium’s tools can fill the disk',
  },
  {
    engine: 'firefox',
    file: 'e2e/tests/no-bundler.spec.ts',
    test: 'two copies of the SDK in one page share a login, a refresh and a sign-out',
    reason: 'Playwright’s Firefox doesn’t show what a request has sent',
  },
  {
    engine: 'firefox',
    file: 'e2e/tests/tabs.spec.ts',
    test: 'B-8: five logins to three providers in two tabs end with their own tokens',
    reason: 'not asked: two logins in two tabs are',
  },
  {
    engine: 'firefox',
    file: 'e2e/tests/attacks.spec.ts',
    test: 'B-7: a flow that was begun in another browser is not finished here',
    reason: 'not asked: nothing in it depends on the engine',
  },
  {
    engine: 'firefox',
    file: 'e2e/tests/dances.spec.ts',
    test: 'secrets stay at the exchange, and only there',
    reason: 'not asked: nothing in it depends on the engine',
  },
  {
    engine: 'firefox',
    file: 'e2e/tests/accounts.spec.ts',
    reason: 'not asked: all tests of `accounts.browser.test.ts` run',
  },
  {
    engine: 'firefox',
    file: 'e2e/tests/fixture.spec.ts',
    reason: 'not asked: it is about Playwright’s fixture',
  },
  {
    engine: 'firefox',
    file: 'e2e/tests/gallery.spec.ts',
    reason: 'not asked: it is about the demo',
  },
  {
    engine: 'firefox',
    file: 'e2e/tests/hot-reload.spec.ts',
    reason: 'not asked: it is about Vite',
  },
  {
    engine: 'firefox',
    file: 'e2e/tests/look.spec.ts',
    reason: 'not asked: it is about the demo',
  },
  {
    engine: 'firefox',
    file: 'e2e/tests/providers.spec.ts',
    reason: 'not asked: it is about the declarations, at each provider for a minute',
  },
  {
    engine: 'firefox',
    file: 'e2e/tests/races.spec.ts',
    reason: 'not asked: it counts hundreds of rounds, of which `storage.browser.test.ts` runs 200',
  },
  {
    engine: 'firefox',
    file: 'e2e/tests/size.spec.ts',
    reason: 'not asked: it is about bytes',
  },
  {
    engine: 'webkit',
    file: 'packages/browser-sdk/src/session/form-token.browser.test.ts',
    test: 'a file in a Request travels with the token, too',
    reason:
      'WebKitGTK can’t read the body of a `Request` with a file in it. Give the `FormData` itself as `body`',
  },
  {
    engine: 'webkit',
    file: 'e2e/tests/',
    reason: 'Playwright doesn’t start WebKitGTK. `e2e/webkit` has dances of its own, by WebDriver',
  },
]

/**
 * The titles of Vitest's tests that an engine does not pass, by their files.
 *
 * @param {Engine} engine
 */
export function titlesByFile(engine) {
  /** @type {Record<string, string[]>} */
  const titles = {}
  for (const { engine: of, file, test } of unable) {
    if (of === engine && test !== undefined) (titles[file] ??= []).push(test)
  }
  return titles
}

/**
 * What Playwright leaves out in an engine.
 *
 * @param {Engine} engine
 * @returns {{ grepInvert?: RegExp[] }}
 */
export function leftOut(engine) {
  const listed = unable.filter((one) => one.engine === engine && one.file.endsWith('.spec.ts'))
  // It looks at the project, the file and the titles, with a space between each two.
  const names = listed.map(({ file, test = '' }) => ` ${quote(basename(file))} .*${quote(test)}`)
  return names.length > 0 ? { grepInvert: names.map((name) => new RegExp(name)) } : {}
}

/** @param {string} text */
const quote = (text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

/**
 * How many of the list are about an engine and one kind of tests.
 *
 * @param {Engine} engine
 * @param {'packages/' | 'e2e/'} folder
 */
export const countUnable = (engine, folder) =>
  unable.filter((one) => one.engine === engine && one.file.startsWith(folder)).length
