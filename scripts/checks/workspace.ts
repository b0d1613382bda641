import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The workspace's root. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** What the checks read of a package.json. */
export interface Manifest {
  readonly name: string
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string | null>>>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

/** The published packages. */
export const packages: readonly { folder: string; manifest: Manifest }[] = readdirSync(
  join(root, 'packages'),
)
  .toSorted()
  .map((name) => {
    const folder = join(root, 'packages', name)
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
    return { folder, manifest }
  })

const presetFolder = join(root, 'packages/providers/src/presets')

/** Of every preset, its code without comments. These two are made for any provider: custom, oidc. */
export const presets: ReadonlyMap<string, string> = new Map(
  readdirSync(presetFolder)
    .filter((file) => /^(?!custom\.|oidc\.)[a-z0-9-]+\.ts$/.test(file))
    .map((file) => [
      file.slice(0, -'.ts'.length),
      readFileSync(join(presetFolder, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*/gm, ''),
    ]),
)

/** Prints what is wrong, if anything, and ends the process accordingly. */
export function finish(problems: readonly string[]): void {
  for (const problem of problems) console.error(`✗ ${problem}`)
  process.exitCode = problems.length === 0 ? 0 : 1
}
