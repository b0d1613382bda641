// `npm test`: makes a fresh clone ready, runs every stage, ends with `N passed, N failed`.
//   npm test -- unit e2e      only these stages, and what they need
//   npm test -- --chromium    not in Firefox and WebKitGTK: quicker
//   npm test -- --verbose     with everything that the stages print
import { rmSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { bootstrap } from './bootstrap.mjs'
import { runStages } from './test/run-stages.mjs'
import { selectStages } from './test/stages.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    chromium: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
})

const begin = performance.now()

try {
  const stages = selectStages(positionals, values)
  const programsOf = (/** @type {typeof stages} */ some) => [
    ...new Set(some.flatMap(({ programs = [] }) => programs)),
  ]
  const tools = await bootstrap({
    browser: stages.some(({ browser }) => browser),
    programs: programsOf(stages.filter(({ engine }) => !engine)),
    wanted: programsOf(stages.filter(({ engine }) => engine)),
  })
  const { passed, failed, skipped, folder } = await runStages(stages, tools, {
    verbose: values.verbose,
    // What was asked for, or is relied on, must not be missing.
    everyEngine: positionals.length > 0 || process.env['CI'] === 'true',
  })
  if (failed === 0) rmSync(folder, { recursive: true, force: true })
  else console.log(`\nEverything that the stages printed is in ${folder}`)
  console.log(`\nThat took ${Math.round((performance.now() - begin) / 1000)} s.`)
  console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
  process.exitCode = failed === 0 ? 0 : 1
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  console.log('\n0 passed, 1 failed')
  process.exitCode = 1
}
