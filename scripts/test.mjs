// `npm test`: makes a fresh clone ready, runs every stage, ends with `N passed, N failed`.
//   npm test -- unit e2e      only these stages, and what they need
//   npm test -- --engines     in Firefox and WebKitGTK, too
//   npm test -- --verbose     with everything that the stages print
import { rmSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { bootstrap } from './bootstrap.mjs'
import { runStages } from './test/run-stages.mjs'
import { selectStages } from './test/stages.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    engines: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
})

try {
  const stages = selectStages(positionals, values)
  const tools = await bootstrap({
    browser: stages.some(({ browser }) => browser),
    programs: [...new Set(stages.flatMap(({ programs = [] }) => programs))],
  })
  const { passed, failed, skipped, folder } = await runStages(stages, tools, values)
  if (failed === 0) rmSync(folder, { recursive: true, force: true })
  else console.log(`\nEverything that the stages printed is in ${folder}`)
  console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
  process.exitCode = failed === 0 ? 0 : 1
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  console.log('\n0 passed, 1 failed')
  process.exitCode = 1
}
