import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join, sep } from 'node:path'

/**
 * The Node that the system has. Not this process's: npm puts the workspace's own Node on the `PATH`
 * of its scripts, once that is installed.
 *
 * @returns {{ path: string, version: string }} such as `20.20.2`
 */
export function findSystemNode() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  const path =
    (process.env['PATH'] ?? '')
      .split(delimiter)
      .filter((folder) => !folder.includes(`${sep}node_modules${sep}`))
      .map((folder) => join(folder, name))
      .find((file) => existsSync(file)) ?? process.execPath
  const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' })
  return { path, version: stdout.trim().slice(1) }
}
