import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { msw } from 'msw/vite'
import { configDefaults, defineConfig } from 'vitest/config'
import { chosenEngine } from './scripts/engines/engines.mjs'
import { titlesByFile } from './scripts/engines/unable.mjs'
import { browserOf } from './scripts/engines/vitest-browser.ts'

const conditions = ['spa-dance-source', 'module', 'development|production']
const engine = chosenEngine()
const browserTests = 'packages/**/src/**/*.browser.test.{ts,tsx}'
const workerTests = 'packages/emulator/src/msw.browser.test.ts'

// A kept cache holds the dependencies of the last run's test files: the next run, if it needs more,
// would reload its pages halfway. And two runs at a time would write to one folder.
const cacheDir = fileURLToPath(new URL(`node_modules/.vite/run-${process.pid}`, import.meta.url))
process.on('exit', () => rmSync(cacheDir, { recursive: true, force: true }))

const inBrowser = (name: string, files: { include?: string[]; exclude?: string[] }) => ({
  extends: true as const,
  test: {
    name,
    include: [browserTests],
    ...files,
    setupFiles: ['scripts/engines/expect-unable.ts', 'scripts/engines/tell-tried-again.ts'],
    provide: { unable: titlesByFile(engine) },
    browser: browserOf(engine),
  },
})

export default defineConfig({
  cacheDir,
  // The packages' sources are tested, so nothing needs a build.
  resolve: { conditions: [...conditions, 'browser'] },
  ssr: { resolve: { conditions: [...conditions, 'node'] } },
  test: {
    // For a machine that is busy with other things: a test that hangs is still found.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: [
            'packages/**/src/**/*.test.{ts,tsx}',
            'scripts/**/*.test.ts',
            'e2e/support/*.test.ts',
          ],
          exclude: ['**/node_modules/**', browserTests],
          environment: 'node',
        },
      },
      inBrowser('browser', { exclude: [...configDefaults.exclude, workerTests] }),
      // A service worker is its origin's, not one test file's.
      {
        ...inBrowser('browser-worker', { include: [workerTests] }),
        plugins: [msw({ mode: 'worker-only' })],
      },
    ],
  },
})
