import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { newSealKey } from '../testing-internal/harness.ts'

const root = fileURLToPath(new URL('../../../..', import.meta.url))
const page = join(root, 'docs/observability.md')

it('the Prometheus example of the docs runs and counts', async () => {
  const [, code = ''] = /```ts\n(.*?)```/s.exec(readFileSync(page, 'utf8')) ?? []
  // Within the package, where its name and its dependencies are found.
  const ignored = join(root, 'packages/exchange-server/.tsc')
  mkdirSync(ignored, { recursive: true })
  const folder = mkdtempSync(join(ignored, 'docs-'))
  try {
    writeFileSync(join(folder, 'start.ts'), code)
    const { exchange, metrics, stop } = await start(join(folder, 'start.ts'))
    try {
      await fetch(`${exchange}/github/callback?code=hunter2&state=s`)
      const text = await (await fetch(metrics)).text()
      expect(text).toMatch(
        /dance_request_seconds_count\{(?=.*route="callback")(?=.*client="github")(?=.*status="400").*\} 1\n/,
      )
      expect(text).toMatch(/dance_failures_total\{type="refused",.*error="unknown_flow"\} 1\n/)
      expect(text).not.toContain('hunter2')
    } finally {
      expect(await stop()).toBe(0)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}, 60_000)

/** Runs the example, and gives where it listens. */
async function start(file: string) {
  const child = spawn(process.execPath, ['--conditions=spa-dance-source', file], {
    env: {
      PATH: process.env['PATH'] ?? '',
      PORT: '0',
      METRICS_PORT: '0',
      DANCE_BASE_URL: 'http://127.0.0.1:0',
      DANCE_REDIRECT_URIS: 'http://app.localhost/callback/{client}',
      DANCE_SEAL_KEYS: newSealKey('k'),
      GITHUB_OAUTH_CLIENT_ID: 'id',
      GITHUB_OAUTH_CLIENT_SECRET: 'secret',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  const said = new Promise<readonly [string, string]>((resolve, reject) => {
    let out = ''
    child.stdout.on('data', (data) => {
      out += data.toString()
      const [, url, port] = /is at (\S+),[^]*port: (\d+)/.exec(out) ?? []
      if (url !== undefined && port !== undefined) resolve([url, `http://127.0.0.1:${port}`])
    })
    void ended.then(() => reject(new Error(`It ended, having said: ${out}`)))
  })
  const stop = (): Promise<number | null> => {
    child.kill('SIGTERM')
    return ended
  }
  const [exchange, metrics] = await said
  return { exchange, metrics, stop }
}
