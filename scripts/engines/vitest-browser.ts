import { playwright } from '@vitest/browser-playwright'
import type { BrowserProviderOption } from 'vitest/node'
import type { Engine } from './engines.mjs'
import { launchOptions } from './launch.mjs'
import { webkit } from './webkit-provider.ts'

/** Vitest's settings for tests in an engine of this system. */
export const browserOf = (engine: Engine) => ({
  enabled: true,
  headless: true,
  ui: false,
  screenshotFailures: false,
  provider: providerOf(engine),
  instances: [{ browser: engine }],
})

const providerOf = (engine: Engine): BrowserProviderOption =>
  engine === 'webkit' ? webkit() : playwright({ launchOptions: launchOptions(engine) })
