import { markdownTable } from '../support/markdown-table.ts'
import { explained, type Explained } from './survivors.ts'

/** What came of one provider. */
export interface Outcome {
  readonly id: string
  readonly name: string
  readonly flips: number
  /** The names of those that no run noticed. */
  readonly survivors: readonly string[]
}

const explains = ({ flip, of }: Explained, id: string, name: string): boolean =>
  name.startsWith(flip) && (of === undefined || of.includes(id))

/** Survivors without a reason, and reasons without a survivor. */
export function problemsOf(outcomes: readonly Outcome[], isWhole: boolean): readonly string[] {
  const unexplained = outcomes.flatMap(({ id, survivors }) =>
    survivors
      .filter((name) => !explained.some((one) => explains(one, id, name)))
      .map((name) => `${id} survives ${name}`),
  )
  const idle = explained.flatMap((one) => {
    const unused = (one.of ?? [undefined]).filter(
      (only) =>
        !outcomes.some(
          ({ id, survivors }) =>
            (only === undefined || only === id) &&
            survivors.some((name) => explains(one, id, name)),
        ),
    )
    return unused.map((id) => `no flip survives that "${one.flip}" ${id ?? ''} explains`)
  })
  return isWhole ? [...unexplained, ...idle] : unexplained
}

const introduction = `# Flips

Is a preset's data right, or would nobody notice if it were wrong? \`pnpm flip\` makes each preset wrong in
one datum at a time, and takes it through the dance with the real SDK, exchange and emulator. A flip that no
run notices needs a reason, below. \`pnpm flip --update\` writes this file.
`

/** How many flips each provider's run noticed. */
export const tableOf = (outcomes: readonly Outcome[]): string =>
  markdownTable(
    ['Provider', 'Flips', 'Noticed', 'With a reason'],
    outcomes.map(({ name, flips, survivors }) => [
      name,
      String(flips),
      String(flips - survivors.length),
      String(survivors.length),
    ]),
  ).join('\n')

/** The whole of docs/flips.md. */
export function documentOf(outcomes: readonly Outcome[]): string {
  const nameOf = (id: string): string => outcomes.find((one) => one.id === id)?.name ?? id
  const reasons = explained.map(({ flip, of, why }) => [
    `\`${flip.trim()}\``,
    of?.map(nameOf).join(', ') ?? 'all',
    why,
  ])
  return `${introduction}\n${tableOf(outcomes)}\n\n## Not noticed, and why\n\n${markdownTable(['Flip', 'Of', 'Why'], reasons).join('\n')}\n`
}
