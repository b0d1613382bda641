import { createHash } from 'node:crypto'
import { brotliCompressSync } from 'node:zlib'
import { build } from 'esbuild'
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
  /** The modules in it: paths, with their bytes before compression. */
  readonly eagerModules: ReadonlyMap<string, number>
  readonly allModules: ReadonlyMap<string, number>
  /** The files by the module that most of each is, with their brotli bytes. */
  readonly parts: ReadonlyMap<string, number>
}

/**
 * Bundles browser code with the packages as they are built.
 *
 * @param code a module of an app
 * @param external packages that are not part of what is measured
 * @param folder where the packages are found
 * @throws what esbuild throws, if the code can't be bundled for a browser
 */
export async function bundle(
  code: string,
  external: readonly string[] = [],
  folder: string = root,
): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: folder },
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    outdir: 'out',
    absWorkingDir: root,
    external: [...external],
    logLevel: 'silent',
  })
  const texts = new Map(outputFiles.map(({ path, text }) => [path.slice(root.length), text]))
  const files = Object.entries(metafile.outputs)
  // What is imported later has an entry point too.
  const entry = files.find(([, { entryPoint }]) => entryPoint === '<stdin>')?.[0] ?? ''
  const eagerFiles = new Set([entry])
  // A set's iteration reaches what is added on the way.
  for (const file of eagerFiles) {
    for (const { path, kind, external: outside } of metafile.outputs[file]?.imports ?? []) {
      if (kind === 'import-statement' && outside !== true) eagerFiles.add(path)
    }
  }
  const text = (names: readonly string[]) => names.map((name) => texts.get(name) ?? '').join('\n')
  const bytes = (names: readonly string[]) =>
    names.reduce((sum, name) => sum + brotliCompressSync(steady(texts.get(name) ?? '')).length, 0)
  const modules = (names: readonly string[]) =>
    new Map(
      names.flatMap((name) =>
        Object.entries(metafile.outputs[name]?.inputs ?? {}).map(
          ([path, { bytesInOutput }]): [string, number] => [path, bytesInOutput],
        ),
      ),
    )
  const all = files.map(([name]) => name)
  const eager = [...eagerFiles]
  return {
    eagerBytes: bytes(eager),
    lazyBytes: bytes(all.filter((name) => !eagerFiles.has(name))),
    files: texts,
    entry,
    eager: text(eager),
    all: text(all),
    eagerModules: modules(eager),
    allModules: modules(all),
    parts: new Map(
      all.map((name) => {
        const [largest] = [...modules([name])].toSorted(([, a], [, b]) => b - a)
        return [largest?.[0] ?? name, bytes([name])]
      }),
    ),
  }
}

/**
 * The same code with file names that stay. Their hashes change with any byte of any part, and a size
 * that counts them goes up and down by some bytes for nothing.
 */
function steady(text: string): string {
  const names = new Map<string, string>()
  return text.replace(/(?<=-)[A-Z0-9]{8}(?=\.js)/g, (hash) => {
    const digest = createHash('sha256').update(String(names.size)).digest('hex')
    const name = names.get(hash) ?? digest.slice(0, 8).toUpperCase()
    names.set(hash, name)
    return name
  })
}
