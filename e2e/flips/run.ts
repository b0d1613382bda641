// Flips each preset's data, one datum at a time, and sees whether a run of its dance goes red.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Provider } from '@spa-dance/providers'
import { documentPath as conformancePath } from '../support/conformance.ts'
import { rows, titleOf, type ProviderRow } from '../support/provider-table.ts'
import { becomePage, type Network } from './browser.ts'
import { runDance } from './dance.ts'
import { flipsOf } from './flips.ts'
import { documentOf, problemsOf, tableOf, type Outcome } from './report.ts'
import { createProviders, origin } from './site.ts'

const documentPath = fileURLToPath(new URL('../../docs/flips.md', import.meta.url))
const { positionals: ids, values } = parseArgs({
  allowPositionals: true,
  options: { update: { type: 'boolean' }, verbose: { type: 'boolean' } },
})

let network: Network
const under = new Set<Request>()
const browser = becomePage(origin, () => network)
const providers = createProviders()

/** How docs/conformance.md has it that an app proves itself to a provider. */
const proofs = new Map(
  readFileSync(conformancePath, 'utf8')
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, name, , , proof]) => [name, proof]),
)

const connect = (next: Network): void => {
  network = async (request) => {
    under.add(request)
    try {
      return await next(request)
    } finally {
      under.delete(request)
    }
  }
}

/** @returns what went otherwise than the table says, in a line */
async function run(row: ProviderRow, provider: Provider): Promise<string | undefined> {
  const proof = proofs.get(titleOf(row)) ?? 'none: run pnpm conformance:update first'
  try {
    await runDance({ row, provider, browser, providers, proof, connect })
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message.replace(/\s+/g, ' ') : String(error)
  } finally {
    // What a page had begun ends with it, and not in the next run's log.
    do await setImmediate()
    while (under.size > 0)
  }
}

const problems: string[] = []
const outcomes: Outcome[] = []
for (const row of rows.filter(({ id }) => ids.length === 0 || ids.includes(id))) {
  const members = Object.entries({ ...row.profile, ...row.asksFor })
    .filter(([, value]) => value !== false)
    .map(([member]) => member)
  const wrong = await run(row, row.provider)
  if (wrong !== undefined) problems.push(`${row.id} fails as it is: ${wrong}`)
  const flips = flipsOf(row.provider, members)
  const survivors: string[] = []
  for (const { name, provider } of wrong === undefined ? flips : []) {
    const noticed = await run(row, provider)
    if (noticed === undefined) survivors.push(name)
    if (values.verbose) console.log(`${row.id} ${name}: ${noticed ?? 'SURVIVES'}`)
  }
  outcomes.push({
    id: row.id,
    name: titleOf(row),
    flips: wrong === undefined ? flips.length : 0,
    survivors,
  })
}

console.log(tableOf(outcomes))
problems.push(...problemsOf(outcomes, ids.length === 0))
const text = documentOf(outcomes)
if (values.update && problems.length === 0) writeFileSync(documentPath, text)
const written = existsSync(documentPath) ? readFileSync(documentPath, 'utf8') : ''
if (ids.length === 0 && problems.length === 0 && written !== text) {
  problems.push('docs/flips.md shows something else: run "pnpm flip --update"')
}
for (const problem of problems) console.error(`✗ ${problem}`)
process.exit(problems.length === 0 ? 0 : 1)
