import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { vitestCounts } from './counts.mjs'
import { runStages } from './run-stages.mjs'
import { selectStages, type Stage } from './stages.mjs'

const said: string[] = []

beforeEach(() => {
  vi.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line))
})
afterEach(() => {
  said.length = 0
  vi.restoreAllMocks()
})

async function run(stage: Stage, options: { everyEngine?: boolean } = {}) {
  const tools = { pnpm: ['pnpm'], env: { PATH: String(process.env['PATH']) } }
  const { folder, ...counts } = await runStages([stage], tools, { verbose: false, ...options })
  rmSync(folder, { recursive: true })
  return counts
}

const missing: Stage = {
  name: 'webkit',
  engine: 'webkit',
  command: () => ['true'],
  skip: () => 'no Xvfb here',
}

test('all stages are run where none is named, and without the other engines if asked', () => {
  const engines = (stages: Stage[]) => [...new Set(stages.map(({ engine }) => engine))]
  expect(engines(selectStages([]))).toEqual([undefined, 'firefox', 'webkit'])
  expect(engines(selectStages([], { chromium: true }))).toEqual([undefined])
  expect(selectStages(['firefox-e2e']).map(({ name }) => name)).toEqual(['build', 'firefox-e2e'])
})

test('a missing engine is skipped, and said to be', async () => {
  expect(await run(missing)).toEqual({ passed: 0, failed: 0, skipped: 1 })
  expect(said.join('\n')).toMatch(/webkit +skipped: no Xvfb here/)
})

test('a missing engine is a failure where every one is wanted', async () => {
  expect(await run(missing, { everyEngine: true })).toEqual({ passed: 0, failed: 1, skipped: 0 })
  expect(said.join('\n')).toMatch(/webkit +not run: no Xvfb here/)
})

test('what is missing for another reason is skipped even there', async () => {
  const { engine: _, ...node20 } = missing
  const counts = await run(node20, { everyEngine: true })
  expect(counts).toEqual({ passed: 0, failed: 0, skipped: 1 })
})

test('a stage that has run counts as one, and says how long it took', async () => {
  const stage = { name: 'lint', command: () => ['true'] }
  expect(await run(stage)).toEqual({ passed: 1, failed: 0, skipped: 0 })
  expect(said.join('\n')).toMatch(/lint +[\d.]+ s/)
})

test('a test that passes only when tried again has passed, and is named', async () => {
  const tests = [
    { status: 'passed', meta: {} },
    { status: 'passed', meta: { triedAgain: true } },
  ]
  const report = {
    numPassedTests: 2,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [{ status: 'passed', assertionResults: tests }],
  }
  const write = `require('fs').writeFileSync(process.argv[1], process.argv[2])`
  const stage: Stage = {
    name: 'browser',
    command: ({ folder }) => [
      process.execPath,
      '-e',
      `${write}; console.log('a shaky test (retry x1)')`,
      join(folder, 'browser.json'),
      JSON.stringify(report),
    ],
    count: vitestCounts('browser.json'),
  }
  expect(await run(stage)).toEqual({ passed: 2, failed: 0, skipped: 0 })
  expect(said.join('\n')).toMatch(/browser .* 2 passed, 0 failed, 1 only when tried again/)
  expect(said.join('\n')).toContain('a shaky test')
})
