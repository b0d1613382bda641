import { parseArgs } from 'node:util'
import { buildSubjects } from './build.ts'
import { start } from './child.ts'
import { contestants } from './contestants.ts'
import { hangUps, memory, rsaLag, slowProvider, waiting, type Figure } from './endurance.ts'
import { race } from './race.ts'
import { profiles } from './profile.ts'
import { makeReport, toMarkdown, writePage } from './report.ts'

const { values } = parseArgs({
  options: {
    /** A tenth of everything, in about a minute: to see that it runs, not to be believed. */
    quick: { type: 'boolean', default: false },
    /** Prints JSON in place of the tables. */
    json: { type: 'boolean', default: false },
    /** Puts the tables into docs/performance.md. */
    write: { type: 'boolean', default: false },
  },
})
if (values.quick && values.write) throw new Error('What --quick measures is not fit to be written.')

const built = await buildSubjects()
try {
  const upstream = await start(built.path('upstream'))
  const size = values.quick
    ? { rounds: 2, requests: 200, warmUp: 400, connections: 64 }
    : { rounds: 7, requests: 600, warmUp: 3000, connections: 64 }
  const results = await race(contestants, built, upstream, size)
  const figures: Figure[] = []
  for (const measure of [rsaLag, slowProvider, memory, waiting, hangUps]) {
    console.error(`measuring: ${measure.name}`)
    figures.push(await measure({ built, upstream, share: values.quick ? 0.05 : 1 }))
  }
  console.error('profiling')
  const parts = await profiles(contestants, built, upstream, values.quick ? 400 : 4000)
  await upstream.stop()
  const report = makeReport(results, figures, parts, values.quick)
  console.log(values.json ? JSON.stringify(report, undefined, 2) : toMarkdown(report))
  if (values.write) await writePage(report)
} finally {
  await built.remove()
}
