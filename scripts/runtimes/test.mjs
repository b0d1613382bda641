// `npm run test:runtimes`: the exchange on Node, workerd, Deno, Bun and AWS Lambda. The examples' contract
// first, then the commands of their READMEs, in the packages as they are packed.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bootstrap } from '../bootstrap.mjs'
import { installRuntimes } from './install.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'spa-dance-runtimes-'))

try {
  const { pnpm, env } = await bootstrap({ browser: false })
  const { deno, bun, bin } = installRuntimes()
  const runtimes = 'node,workerd,deno,bun,lambda'
  const around = { ...env, DENO: deno, BUN: bun, RUNTIMES: runtimes }
  const tarballs = join(folder, 'tarballs')
  const steps = [
    ['vitest', 'run', '--project=node', 'packages/exchange-server/src/runtimes'],
    [...pnpm, '-r', '--sort', '--filter=./packages/*', 'run', 'build'],
    ['node', 'scripts/checks/pack.ts', tarballs],
    ['node', 'scripts/runtimes/readmes.ts', tarballs],
  ]
  const failed = steps.find(([command = '', ...args]) => {
    console.log(`\n$ ${command} ${args.join(' ')}`)
    const tests = command === 'vitest' || args[0]?.endsWith('readmes.ts')
    const { status, stdout } = spawnSync(command, args, {
      cwd: root,
      env: { ...around, PATH: `${bin}:${env['PATH']}` },
      stdio: ['ignore', tests ? 'inherit' : 'pipe', 'inherit'],
      encoding: 'utf8',
    })
    if (status !== 0 && stdout) console.log(stdout)
    return status !== 0
  })
  console.log(failed ? `\n✗ ${failed.join(' ')}` : `\n✓ ${runtimes.replaceAll(',', ', ')}`)
  process.exitCode = failed ? 1 : 0
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
