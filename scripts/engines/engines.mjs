/** @typedef {'chromium' | 'firefox' | 'webkit'} Engine */

/**
 * The engines that tests run in, each with what it starts of ../programs.mjs. Chromium is found by
 * ../chromium.mjs.
 *
 * @type {Readonly<Record<Engine, readonly string[]>>}
 */
export const engines = {
  chromium: [],
  firefox: ['firefox-esr'],
  webkit: ['WebKitWebDriver', 'Xvfb'],
}

/**
 * The engine that `ENGINE` names, for this run of tests.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Engine} Chromium, where nothing is said
 * @throws {Error} that lists the engines
 */
export function chosenEngine({ ENGINE: name = 'chromium' } = process.env) {
  if (isEngine(name)) return name
  throw new Error(`There is no engine "${name}". There are: ${Object.keys(engines).join(', ')}.`)
}

/** @param {string} name @returns {name is Engine} */
const isEngine = (name) => Object.hasOwn(engines, name)
