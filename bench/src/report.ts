import { readFile, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { format } from 'prettier'
import type { Figure } from './endurance.ts'
import { partNames, type Profile } from './profile.ts'
import { ratio, type Result } from './race.ts'

/** A ratio that has a goal. */
interface Goal {
  readonly name: string
  readonly of: string
  readonly against: string
  readonly limit: number
}

const goals: readonly Goal[] = [
  {
    name: 'Code exchange, no DPoP, CPU by the limit',
    of: 'exchange',
    against: 'limit-exchange',
    limit: 2,
  },
  {
    name: "Code exchange, DPoP verified and handle sealed, CPU by grant's callback",
    of: 'exchange-dpop',
    against: 'grant',
    limit: 1.5,
  },
  {
    name: "Relay of 2 kB signed by HMAC-SHA1, DPoP verified, CPU by oauth-shim's proxy",
    of: 'relay',
    against: 'oauth-shim-relay',
    limit: 0.6,
  },
]

/** All that was measured. */
export interface Report {
  readonly date: string
  readonly node: string
  readonly cores: number
  readonly quick: boolean
  readonly results: readonly (Result & { readonly byLimit: number })[]
  readonly figures: readonly Figure[]
  readonly profiles: readonly Profile[]
}

const bases = { exchange: 'limit-exchange', refresh: 'limit-exchange', relay: 'limit-relay' }

export function makeReport(
  results: readonly Result[],
  figures: readonly Figure[],
  profiles: readonly Profile[],
  quick: boolean,
): Report {
  const find = (id: string): Result => {
    const found = results.find((result) => result.id === id)
    if (!found) throw new Error(`${id} did not run`)
    return found
  }
  const ratios = goals.map(({ name, of, against, limit }) => {
    const measured = ratio(find(of), find(against))
    return {
      name,
      goal: `≤ ${limit.toFixed(1)}×`,
      measured: `${measured.toFixed(2)}×`,
      met: measured <= limit,
    }
  })
  return {
    date: new Date().toISOString().slice(0, 10),
    node: process.version,
    cores: availableParallelism(),
    quick,
    results: results.map((result) => ({
      ...result,
      byLimit: ratio(result, find(bases[result.job])),
    })),
    figures: [...ratios, ...figures],
    profiles,
  }
}

const jobs = { exchange: 'code exchange', refresh: 'refresh', relay: 'relay of 2 kB' }

export function toMarkdown({ date, node, cores, results, figures, profiles }: Report): string {
  const rows = results.map(({ name, job, perSecond, cpu, p50, p99, byLimit }) => [
    jobs[job],
    name,
    Math.round(perSecond).toLocaleString('en'),
    Math.round(cpu).toLocaleString('en'),
    `${byLimit.toFixed(2)}×`,
    p50.toFixed(1),
    p99.toFixed(1),
  ])
  const goalRows = figures.map(({ name, goal, measured, met }) => [
    name,
    goal,
    measured,
    met ? 'yes' : 'no',
  ])
  const partRows = partNames.map((part) => [
    part,
    ...profiles.map(({ shares }) => `${Math.round(100 * (shares[part] ?? 0))}%`),
  ])
  return [
    `Measured ${date}, Node ${node}, ${cores} cores that generator and provider share.`,
    table(['figure', 'goal', 'measured', 'met'], goalRows),
    table(['job', 'by', 'requests/s', 'CPU, µs', 'CPU by the limit', 'p50, ms', 'p99, ms'], rows),
    'Where the time of the main thread of the exchange goes, with DPoP:',
    table(['part', ...profiles.map(({ job }) => jobs[job])], partRows),
  ].join('\n\n')
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

const page = new URL('../../docs/performance.md', import.meta.url)

/** Puts the tables between the markers of `docs/performance.md`. */
export async function writePage(report: Report): Promise<void> {
  const text = await readFile(page, 'utf8')
  const [, before, after] =
    /^(.*<!-- bench:exchange -->\n).*(<!-- \/bench:exchange -->.*)$/s.exec(text) ?? []
  if (before === undefined || after === undefined)
    throw new Error('docs/performance.md lost its markers')
  const next = `${before}\n${toMarkdown(report)}\n\n${after}`
  await writeFile(page, await format(next, { parser: 'markdown', printWidth: 100 }))
}
