import { mkdirSync, readFileSync, readdirSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { LoggedRequest } from '@spa-dance/emulator'
import { markdownTable } from './markdown-table.ts'

/** What a run saw of one provider: a row of docs/conformance.md. */
export type Finding = Readonly<Record<(typeof columns)[number], string>>

const columns = [
  'Provider',
  'Protocol',
  'Token from',
  'Proof',
  'Decline',
  'Approve',
  'API call',
  'Profile',
  'Refresh',
  'Sign-out',
] as const

const introduction = `# Conformance

What the end-to-end run saw of each provider: real Chromium, the real SDK and exchange, and the
emulator in place of the provider. \`pnpm conformance:update\` writes this file, and \`npm test\` fails
where it differs from what a run finds.

- **Token from**: who asked the provider for tokens. **Proof**: how that was proved to be the app.
- **API call**: who called the provider's API. **Profile**: what was read of the person.
- **Refresh**: the requests that one call needed after every access token had expired.
- **Sign-out**: what it ended at the provider, and whether by itself or only when told to.
`

/** Of docs/conformance.md, which only a run writes. */
export const documentPath: string = fileURLToPath(
  new URL('../../docs/conformance.md', import.meta.url),
)

/** Who asked for something: only a page sends an Origin. */
export const askerOf = ({ origin }: Pick<LoggedRequest, 'origin'>): 'page' | 'exchange' =>
  origin === undefined ? 'exchange' : 'page'

/** How a token request proved whose it was. */
export function proofOf({ authorization, secretSent }: LoggedRequest): string {
  if (authorization === 'OAuth') return 'signature'
  if (authorization === 'Basic') return 'secret, Basic'
  return secretSent ? 'secret' : 'PKCE'
}

const folderIn = (outputDir: string): string => join(outputDir, 'conformance')

/** Leaves a finding for the end of the run. Playwright empties `outputDir` before each. */
export function leave(outputDir: string, id: string, finding: Finding): void {
  const folder = folderIn(outputDir)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${id}.json`), JSON.stringify(finding))
}

/** Every finding of this run, by the provider's name. */
export function collect(outputDir: string): readonly Finding[] {
  const folder = folderIn(outputDir)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Finding)
    .toSorted((one, other) => one.Provider.localeCompare(other.Provider, 'en'))
}

/** The lines of the table. */
export const tableOf = (findings: readonly Finding[]): readonly string[] =>
  markdownTable(
    columns,
    findings.map((finding) => columns.map((column) => finding[column])),
  )

/** The whole of docs/conformance.md. */
export function documentOf(findings: readonly Finding[]): string {
  return `${introduction}\n${tableOf(findings).join('\n')}\n`
}
