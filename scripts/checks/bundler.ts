import { createHash } from 'node:crypto'
import { join, relative } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { rolldown, type OutputChunk } from 'rolldown'
import { root } from './workspace.ts'

/** A bundle as an app's page would get it. */
export interface Bundle {
  /** Brotli bytes of what the page loads at once: the entry and what it imports statically. */
  readonly eagerBytes: number
  /** Brotli bytes of what is loaded only when it is needed. */
  readonly lazyBytes: number
  /** By name, with their text. */
  readonly files: ReadonlyMap<string, string>
  readonly entry: string
  /** The text of the files. */
  readonly eager: string
  readonly all: string
  /** The modules in it: paths below the workspace, with their bytes before compression. */
  readonly eagerModules: ReadonlyMap<string, number>
  readonly allModules: ReadonlyMap<string, number>
  /** The brotli bytes of each file, by what the bundler calls it: the module that it begins with. */
  readonly parts: ReadonlyMap<string, number>
}

/**
 * Bundles browser code with the packages as they are built, by the bundler of Vite.
 *
 * @param code a module of an app
 * @param external packages that are not part of what is measured
 * @param folder where the packages are found
 * @throws what Rolldown throws, if the code can't be bundled for a browser
 */
export async function bundle(
  code: string,
  external: readonly string[] = [],
  folder: string = root,
): Promise<Bundle> {
  const app = join(folder, 'app.js')
  await using build = await rolldown({
    input: { app },
    external: [...external],
    platform: 'browser',
    // As Vite has them.
    resolve: { conditionNames: ['browser', 'module', 'production', 'import', 'default'] },
    logLevel: 'silent',
    transform: { target: 'es2022', define: { 'process.env.NODE_ENV': '"production"' } },
    plugins: [
      {
        name: 'app',
        resolveId: (id) => (id === app ? id : null),
        load: (id) => (id === app ? code : null),
      },
    ],
  })
  const { output } = await build.generate({ format: 'esm', minify: true })
  const chunks = new Map(
    output.filter((file) => file.type === 'chunk').map((chunk) => [chunk.fileName, chunk]),
  )
  const entry = output[0].fileName
  const eagerFiles = new Set([entry])
  // A set's iteration reaches what is added on the way.
  for (const file of eagerFiles) {
    for (const name of chunks.get(file)?.imports ?? []) if (chunks.has(name)) eagerFiles.add(name)
  }
  const all = [...chunks.values()]
  const eager = all.filter(({ fileName }) => eagerFiles.has(fileName))
  const later = all.filter(({ fileName }) => !eagerFiles.has(fileName))
  return {
    eagerBytes: bytesOf(eager),
    lazyBytes: bytesOf(later),
    files: new Map(all.map(({ fileName, code: text }) => [fileName, text])),
    entry,
    eager: textOf(eager),
    all: textOf(all),
    eagerModules: modulesOf(eager),
    allModules: modulesOf(all),
    parts: new Map(all.map((chunk) => [chunk.name, bytesOf([chunk])])),
  }
}

const textOf = (chunks: readonly OutputChunk[]): string => chunks.map(({ code }) => code).join('\n')

const bytesOf = (chunks: readonly OutputChunk[]): number =>
  chunks.reduce((sum, { code }) => sum + brotliCompressSync(steady(code)).length, 0)

const modulesOf = (chunks: readonly OutputChunk[]): Map<string, number> =>
  new Map(
    chunks.flatMap(({ modules }) =>
      Object.entries(modules).map(([path, { renderedLength }]): [string, number] => [
        relative(root, path),
        renderedLength,
      ]),
    ),
  )

/**
 * The same code with file names that stay. Their hashes change with any byte of any part, and a size
 * that counts them goes up and down by some bytes for nothing.
 */
function steady(text: string): string {
  const names = new Map<string, string>()
  return text.replace(/(?<=-)[\w-]{8}(?=\.js)/g, (hash) => {
    const digest = createHash('sha256').update(String(names.size)).digest('base64url')
    const name = names.get(hash) ?? digest.slice(0, 8)
    names.set(hash, name)
    return name
  })
}
