// Packs every package, as built, into the folder given.
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { packages } from './workspace.ts'

const folder = process.argv[2]
if (folder === undefined) throw new Error('Say where to: node scripts/checks/pack.ts <folder>')
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
for (const { folder: cwd } of packages) {
  execFileSync('pnpm', ['pack', '--pack-destination', folder], { cwd, stdio: 'inherit' })
}
