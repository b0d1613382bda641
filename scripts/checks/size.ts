// What a page must load, in bytes after brotli, against its budget.
import { bundle } from './bundler.ts'
import { costBeside } from './cost-beside.ts'
import { finish, presets } from './workspace.ts'

interface Budget {
  readonly what: string
  readonly code: string
  readonly external?: readonly string[]
  readonly bytes: number
}

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
]

const problems: string[] = []
for (const { what, code, external, bytes } of budgets) {
  const { eagerBytes, lazyBytes, eagerModules } = await bundle(code, external)
  const lazy = lazyBytes > 0 ? `, and ${lazyBytes} B later` : ''
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

// The names of a declaration's members are a third of it, and in the SDK already.
const presetBytes = 400
const sdk = await bundle(`export { createDance } from '@spa-dance/browser-sdk'`)
const besideSdk = costBeside(sdk.eager)
for (const name of presets.keys()) {
  const { eager } = await bundle(`export * from '@spa-dance/providers/${name}'`)
  const cost = besideSdk(eager)
  console.log(`preset ${name} beside the SDK: ${cost} of ${presetBytes} B`)
  if (cost > presetBytes) {
    problems.push(`the preset ${name} adds ${cost} B to the SDK, more than ${presetBytes} B`)
  }
}
finish(problems)
