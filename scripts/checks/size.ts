// What a page must load, in bytes after brotli, against its budget.
import { bundle } from './bundler.ts'
import { finish, packages } from './workspace.ts'

interface Budget {
  readonly what: string
  readonly code: string
  readonly external?: readonly string[]
  readonly bytes: number
}

const providers = packages.find(({ manifest }) => manifest.name === '@spa-dance/providers')
const presets = Object.keys(providers?.manifest.exports ?? {})
  .map((subpath) => subpath.slice(2))
  .filter((name) => !['', 'protocol', 'package.json', 'custom', 'oidc'].includes(name))

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
  ...presets.map((name) => ({
    what: `preset ${name}`,
    code: `export * from '@spa-dance/providers/${name}'`,
    bytes: 500,
  })),
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
finish(problems)
