import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = fileURLToPath(new URL('.', import.meta.url))

/** Plain JavaScript of the processes to measure: removing types at run time takes memory. */
export interface Built {
  /** A file of this folder, `.ts` left out. */
  path(name: string): string
  remove(): Promise<void>
}

/** Builds them, and the packages that they import: what is measured is what is published. */
export async function buildSubjects(): Promise<Built> {
  const packages = ['providers', 'exchange-server'].map((name) => `--filter=@spa-dance/${name}`)
  // Its output is none of the benchmark's.
  execFileSync('pnpm', [...packages, 'run', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] })
  // Inside of the workspace, so that the packages are found.
  await mkdir(join(here, '../.tsc'), { recursive: true })
  const folder = await mkdtemp(join(here, '../.tsc/built-'))
  await build({
    entryPoints: [join(here, 'upstream.ts'), join(here, 'subjects/*.ts')],
    outbase: here,
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'warning',
  })
  return {
    path: (name) => join(folder, `${name}.mjs`),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
