import { defineConfig, devices } from '@playwright/test'
import { chosenEngine } from '../scripts/engines/engines.mjs'
import { launchOptions } from '../scripts/engines/launch.mjs'
import { leftOut } from '../scripts/engines/unable.mjs'

const engine = chosenEngine()
const patience = engine === 'webkit' ? 30_000 : 10_000
// Only a run of all providers can be held against docs/conformance.md, or write it.
const conformance = process.env['CONFORMANCE'] !== undefined

export default defineConfig({
  // Playwright doesn't start WebKitGTK: that has tests of its own.
  testDir: engine === 'webkit' ? 'webkit' : 'tests',
  outputDir: 'test-results',
  fullyParallel: true,
  // WebKitGTK has a screen and a driver for each test, and takes its time to start.
  workers: engine === 'webkit' ? 1 : 2,
  timeout: engine === 'webkit' ? 180_000 : 60_000,
  expect: { timeout: patience, toPass: { timeout: patience } },
  forbidOnly: process.env['CI'] !== undefined,
  projects: [
    {
      name: 'e2e',
      testIgnore: '**/conformance.spec.ts',
      ...(conformance && { teardown: 'conformance' }),
    },
    // What Playwright's Firefox can't, by WebDriver BiDi alone.
    ...(engine === 'firefox' ? [{ name: 'firefox', testDir: 'firefox' }] : []),
    // After all others: it puts together what they found of each provider.
    ...(conformance ? [{ name: 'conformance', testMatch: '**/conformance.spec.ts' }] : []),
  ],
  ...leftOut(engine),
  // No traces and no videos: they would hold codes and tokens.
  use: {
    ...devices[engine === 'firefox' ? 'Desktop Firefox' : 'Desktop Chrome'],
    ...(engine !== 'webkit' && { launchOptions: launchOptions(engine) }),
  },
})
