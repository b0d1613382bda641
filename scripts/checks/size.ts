// What a page must load, in bytes after brotli, against its budget.
import { bundle } from './bundler.ts'
import { finish, presets } from './workspace.ts'

interface Budget {
  readonly what: string
  readonly code: string
  readonly external?: readonly string[]
  /** What is there anyway, and not counted. */
  readonly beside?: string
  readonly bytes: number
}

const sdk = `export { createDance } from '@spa-dance/browser-sdk'\n`

const budgets: Budget[] = [
  {
    what: 'browser-sdk with a preset, eager part',
    code: `import { createDance } from '@spa-dance/browser-sdk'
      import { github } from '@spa-dance/providers/github'
      console.log(createDance({ clients: { github: { provider: github() } } }))`,
    bytes: 5000,
  },
  {
    what: 'react',
    code: `export * from '@spa-dance/react'`,
    external: ['react', 'react/jsx-runtime', 'zustand', '@spa-dance/browser-sdk'],
    bytes: 800,
  },
  // The names of a declaration's members are a third of it, and in the SDK already.
  ...[...presets.keys()].map((name) => ({
    what: `preset ${name} beside the SDK`,
    code: `${sdk}export * from '@spa-dance/providers/${name}'`,
    beside: sdk,
    bytes: 400,
  })),
]

const problems: string[] = []
const sizeOf = new Map<string | undefined, number>([[undefined, 0]])
for (const { what, code, external, beside, bytes } of budgets) {
  if (beside !== undefined && !sizeOf.has(beside)) {
    sizeOf.set(beside, (await bundle(beside)).eagerBytes)
  }
  const { eagerBytes: all, lazyBytes, eagerModules } = await bundle(code, external)
  const eagerBytes = all - (sizeOf.get(beside) ?? 0)
  const lazy = lazyBytes > 0 && beside === undefined ? `, and ${lazyBytes} B later` : ''
  console.log(`${what}: ${eagerBytes} of ${bytes} B${lazy}`)
  if (eagerBytes > bytes) {
    problems.push(`${what} is ${eagerBytes} B, more than ${bytes} B`)
    const largest = [...eagerModules].toSorted(([, a], [, b]) => b - a).slice(0, 12)
    for (const [path, size] of largest) console.log(`  ${size} B before compression: ${path}`)
  }
  problems.push(
    ...[...eagerModules.keys()]
      .filter((path) => /node_modules\/(dexie|oidc-client-ts)\//.test(path))
      .map((path) => `${what} loads ${path} at once: import it lazily`),
  )
}
finish(problems)
