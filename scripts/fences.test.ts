import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'spa-dance-fences-'))

// [file, what it may import, what it may not]
const fences: [string, string[], string[]][] = [
  [
    'packages/providers/src/protocol/x.ts',
    ['./check.ts', '../types.ts'],
    ['node:fs', 'hono', '@spa-dance/browser-sdk'],
  ],
  [
    'packages/providers/src/presets/x.ts',
    ['./custom.ts', '../protocol/check.ts'],
    ['../types.ts', './github.ts', '../protocol/index.ts', 'node:fs', 'zod'],
  ],
  [
    'packages/browser-sdk/src/refresh/x.ts',
    [
      '../errors.ts',
      '@spa-dance/providers/protocol',
      'zustand/vanilla',
      'dexie/dist/modern/dexie.min.mjs',
      'oidc-client-ts',
    ],
    [
      'dexie',
      '@spa-dance/providers/github',
      '@spa-dance/exchange-server',
      'react',
      'zustand',
      'node:url',
    ],
  ],
  [
    'packages/react/src/x.tsx',
    ['@spa-dance/browser-sdk', 'react', 'zustand'],
    ['@spa-dance/providers', '@spa-dance/exchange-server', 'dexie', 'node:url'],
  ],
  [
    'packages/exchange-server/src/x.ts',
    ['./clients.ts', '@spa-dance/providers/protocol', 'hono/html', 'jose', 'oauth-1.0a'],
    [
      'node:crypto',
      'undici',
      '@hono/node-server',
      '@redis/client',
      './node/transport.ts',
      './redis/index.ts',
      './cli.ts',
      'dexie',
    ],
  ],
  [
    'packages/exchange-server/src/deep/er/x.ts',
    ['../seal.ts'],
    ['../../node/x.ts', '@spa-dance/browser-sdk'],
  ],
  [
    'packages/exchange-server/src/node/x.ts',
    ['../index.ts', 'node:http', 'node:fs/promises', 'undici', '@hono/node-server'],
    ['@spa-dance/emulator', 'dexie'],
  ],
  ['packages/exchange-server/src/cli.ts', ['./node/index.ts', 'node:util'], ['react']],
  [
    'packages/emulator/src/x.ts',
    ['@spa-dance/providers', 'hono'],
    ['node:crypto', '@hono/node-server', './node/x.ts', '@spa-dance/exchange-server'],
  ],
  ['packages/emulator/src/emulated.ts', ['@spa-dance/providers'], ['hono', 'node:url']],
  [
    'packages/react/src/x.test.tsx',
    ['vitest', 'node:fs', '@spa-dance/providers/github', './x.tsx'],
    ['../../../e2e/x.ts', '../../browser-sdk/src/types.ts'],
  ],
  [
    'e2e/x.spec.ts',
    ['@spa-dance/exchange-server/node', '../demo/start.ts'],
    ['../packages/browser-sdk/src/index.ts'],
  ],
]
// What no package may import, tests included.
const everywhere = ['../../../demo/src/x.ts', '../../../e2e/x.ts', '../../../bench/x.ts']

const cases = fences.map(([file, allowed, forbidden]) => {
  const never = file.startsWith('packages/') ? [...forbidden, ...everywhere] : forbidden
  return { file, modules: [...allowed, ...never], never }
})
let refused: { file: string; line: number }[] = []

// One import a line, all files in one run of the lint, with the workspace's own settings.
beforeAll(() => {
  cpSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  for (const { file, modules } of cases) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    const lines = modules.map((name, i) => `import { x as x${i} } from '${name}'\n`)
    writeFileSync(join(folder, file), lines.join(''))
  }
  const oxlint = join(root, 'node_modules/.bin/oxlint')
  const { stdout } = spawnSync(oxlint, ['--format=json', 'packages', 'e2e'], {
    cwd: folder,
    encoding: 'utf8',
  })
  const { diagnostics } = JSON.parse(stdout) as {
    diagnostics: { code: string; filename: string; labels: { span: { line: number } }[] }[]
  }
  refused = diagnostics
    .filter(({ code }) => code.includes('no-restricted-imports'))
    .flatMap(({ filename, labels }) =>
      labels.map(({ span }) => ({ file: filename, line: span.line })),
    )
})
afterAll(() => rmSync(folder, { recursive: true }))

test.each(cases)('$file imports what it may and nothing else', ({ file, modules, never }) => {
  const lines = new Set(refused.filter((one) => one.file === file).map(({ line }) => line))
  expect(modules.filter((_, i) => lines.has(i + 1))).toEqual(never)
})
