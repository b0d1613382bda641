import { defineConfig, devices } from '@playwright/test'
import { chromiumArgs, findChromium } from '../scripts/chromium.mjs'

const executablePath = findChromium()
// Only a run of all providers can be held against docs/conformance.md, or write it.
const conformance = process.env['CONFORMANCE'] !== undefined

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: process.env['CI'] !== undefined,
  projects: [
    {
      name: 'e2e',
      testIgnore: '**/conformance.spec.ts',
      ...(conformance && { teardown: 'conformance' }),
    },
    // After all others: it puts together what they found of each provider.
    ...(conformance ? [{ name: 'conformance', testMatch: '**/conformance.spec.ts' }] : []),
  ],
  // No traces and no videos: they would hold codes and tokens.
  use: {
    ...devices['Desktop Chrome'],
    launchOptions: {
      args: [...chromiumArgs],
      ...(executablePath === undefined ? {} : { executablePath }),
    },
  },
})
