import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'

const examples = fileURLToPath(new URL('../../../../examples', import.meta.url))
const here = fileURLToPath(new URL('.', import.meta.url))
// What undici and the like expect of Node.
const banner = {
  js: "import { createRequire } from 'node:module';const require = createRequire(import.meta.url);",
}

/**
 * Makes one file of an example, the way that a deployment would, but with providers that the
 * emulator plays.
 *
 * @param conditions of exports, as the runtime's own bundler sets them
 */
export async function bundleExample(
  name: string,
  emulatorUrl: string,
  { conditions = [], node = false }: { conditions?: readonly string[]; node?: boolean } = {},
): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(examples, name, 'main.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    platform: node ? 'node' : 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['spa-dance-source', ...conditions],
    external: ['cloudflare:workers', '@redis/client'],
    ...(node && { banner }),
    plugins: [emulate(emulatorUrl)],
    logLevel: 'error',
  })
  return outputFiles[0]?.text ?? ''
}

/** Every preset, pointed at the emulator. */
const emulate = (url: string): Plugin => ({
  name: 'emulate',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@spa-dance\/providers\/(github|twitter)$/ }, ({ path, namespace }) =>
      namespace === 'emulated' ? undefined : { path, namespace: 'emulated' },
    )
    onLoad({ filter: /.*/, namespace: 'emulated' }, ({ path }) => {
      const preset = path.replace(/^.*\//, '')
      return {
        resolveDir: here,
        contents: `
          import { emulated } from '@spa-dance/emulator/emulated'
          import { ${preset} as real } from '${path}'
          export const ${preset} = (options) => emulated(real(options), ${JSON.stringify(url)})
        `,
      }
    })
  },
})
