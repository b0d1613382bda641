import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Block } from './blocks.ts'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))
const prelude = join(root, 'scripts/docs/prelude.d.ts')

const compilerOptions = {
  target: 'es2022',
  lib: ['es2023', 'dom', 'dom.iterable'],
  module: 'esnext',
  moduleResolution: 'bundler',
  jsx: 'react-jsx',
  strict: true,
  exactOptionalPropertyTypes: true,
  allowJs: true,
  checkJs: true,
  allowImportingTsExtensions: true,
  noEmit: true,
  skipLibCheck: true,
  types: ['node', 'vite/client'],
  customConditions: ['spa-dance-source'],
  paths: {
    ...typesOf('react', 'packages/react/node_modules/@types/react/index.d.ts'),
    ...typesOf('react/jsx-runtime', 'packages/react/node_modules/@types/react/jsx-runtime.d.ts'),
    ...typesOf('react-dom/client', 'demo/node_modules/@types/react-dom/client.d.ts'),
    ...typesOf('@playwright/test', 'e2e/node_modules/@playwright/test/index.d.ts'),
    ...typesOf('prom-client', 'packages/exchange-server/node_modules/prom-client/index.d.ts'),
  },
}

function typesOf(name: string, path: string): Record<string, string[]> {
  return { [name]: [join(root, path)] }
}

/**
 * Type-checks code of the documentation with the packages' sources.
 *
 * @returns what is wrong, with the page and its line
 */
export async function checkBlocks(blocks: readonly Block[]): Promise<string[]> {
  // Below node_modules, for packages to be found as an app finds them.
  const folder = await mkdtemp(join(root, 'node_modules/.docs-'))
  try {
    await writeFile(join(folder, 'presets.d.ts'), await presetDeclarations())
    const projects = await Promise.all(
      groups(blocks).map((group, index) => writeProject(folder, index, group)),
    )
    return (await Promise.all(projects.map((project) => compile(folder, project)))).flat()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** What a page declares for all of a program is of no concern to other pages. */
function groups(blocks: readonly Block[]): Block[][] {
  const declaring = blocks.filter(({ code }) => /^declare (?:module|global)\b/m.test(code))
  const apart = new Set(declaring.map(({ page }) => page))
  return [
    ...[...apart].map((page) => blocks.filter((block) => block.page === page)),
    blocks.filter(({ page }) => !apart.has(page)),
  ]
}

async function writeProject(
  folder: string,
  index: number,
  blocks: readonly Block[],
): Promise<string> {
  const files = await Promise.all(
    blocks.map(async ({ page, file, code }) => {
      const path = join(folder, String(index), page, file)
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, code)
      return path
    }),
  )
  const project = join(folder, `tsconfig.${index}.json`)
  const all = [prelude, join(folder, 'presets.d.ts'), ...files]
  await writeFile(project, JSON.stringify({ compilerOptions, files: all }))
  return project
}

/** A page about a provider need not import its preset each time. */
async function presetDeclarations(): Promise<string> {
  const names = await readdir(join(root, 'packages/providers/src/presets'))
  const presets = names
    .filter((name) => /^[a-z0-9-]+\.ts$/.test(name))
    .map((name) => name.slice(0, -3))
  const functionOf = (file: string): string =>
    file.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
  return presets
    .map((file) => [file, functionOf(file)] as const)
    .map(
      ([file, name]) =>
        `declare const ${name}: typeof import('@spa-dance/providers/${file}').${name}\n`,
    )
    .join('')
}

async function compile(folder: string, project: string): Promise<string[]> {
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const args = [tsc, '--project', project, '--pretty', 'false']
  const output = await run(process.execPath, args, { cwd: root }).then(
    () => '',
    (error: { stdout?: string }) => {
      if (error.stdout?.includes('error TS') === true) return error.stdout
      throw error
    },
  )
  // Sources are checked where they are; here they lack declarations of their package's own.
  const problem = /^(?!packages\/).*error TS/
  return output.split('\n').flatMap((line) => (problem.test(line) ? readable(line, folder) : []))
}

/** `folder/0/docs/x.md/dance.ts(12,5): error …` as `docs/x.md:12: …`. */
const readable = (problem: string, folder: string): string =>
  problem
    .replaceAll(`${relative(root, folder)}/`, '')
    .replace(/^\d+\/(.*?\.md)\/[\w.-]+\((\d+),\d+\): error /, '$1:$2: ')
