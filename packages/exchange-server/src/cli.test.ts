import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newSealKey } from './testing-internal/harness.ts'

const cli = fileURLToPath(new URL('./cli.ts', import.meta.url))
let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'dance-'))))
afterEach(() => rmSync(folder, { recursive: true }))

interface Ended {
  code: number | null
  out: string
  err: string
}

/** Runs the CLI in an empty folder; `onOut` sees what it has printed so far. */
function run(
  args: readonly string[],
  {
    env = {},
    onOut,
  }: { env?: Record<string, string>; onOut?: (out: string, stop: () => void) => void } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, ['--conditions=spa-dance-source', cli, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', ...env },
  })
  let [out, err] = ['', '']
  child.stderr.on('data', (data) => (err += data.toString()))
  child.stdout.on('data', (data) => {
    out += data.toString()
    onOut?.(out, () => child.kill('SIGTERM'))
  })
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })))
}

const envFile = (more: readonly string[] = []): string => {
  const path = join(folder, `${more.length}.env`)
  const lines = [
    'DANCE_BASE_URL=http://exchange.localhost:4000',
    'DANCE_REDIRECT_URIS=http://app.localhost:5173/callback/{client}/',
    `DANCE_SEAL_KEYS=${newSealKey('k')}`,
    'GITHUB_OAUTH_CLIENT_ID=demo-github',
    'GITHUB_OAUTH_CLIENT_SECRET=hunter2',
  ]
  writeFileSync(path, [...lines, ...more].join('\n'))
  return path
}

// Each test starts processes, which a busy machine is slow to do.
describe('dance-exchange', { timeout: 60_000 }, () => {
  it('prints keys that it takes', async () => {
    const { code, out } = await run(['keygen'])
    expect(code).toBe(0)
    expect(out).toMatch(/^k\d{8}[0-9a-f]{4}:[\w-]{43}\n$/)
  })

  it('helps, tells its version, and names what it does not understand', async () => {
    expect((await run(['--help'])).out).toContain('--env-file')
    expect((await run(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/)
    const wrong = [['--bogus'], ['fly'], ['--port', 'x'], ['--env-file', 'nowhere']]
    for (const { code, err } of await Promise.all(wrong.map((args) => run(args)))) {
      // A missing --env-file is noticed by Node itself, wherever it stands.
      expect([code === 0, err.length > 0, err.includes('    at ')]).toEqual([false, true, false])
    }
  })

  it('X-38: does not start without configuration, and says all that is missing', async () => {
    const { code, err } = await run([])
    expect(code).toBe(1)
    for (const name of [
      'DANCE_BASE_URL',
      'DANCE_REDIRECT_URIS',
      'DANCE_SEAL_KEYS',
      'GITHUB_OAUTH',
    ]) {
      expect(err).toContain(name)
    }
  })

  it('checks: what is there, what is missing, what to register', async () => {
    const good = await run(['check', '--env-file', envFile()])
    expect(good.code).toBe(0)
    expect(good.out).toContain('http://exchange.localhost:4000/github/callback')
    const misspelt = await run(['check', '--env-file', envFile(['DANCE_LOGLEVEL=off'])])
    expect(misspelt.out).toContain('DANCE_LOGLEVEL is set, but the exchange has no such setting')
    const bad = await run(['check', '--env-file', envFile(['TWITTER_OAUTH_API_KEY=k'])])
    expect(bad.code).toBe(1)
    expect(bad.out).toContain('TWITTER_OAUTH_API_SECRET')
    expect(good.out + bad.out).not.toContain('hunter2')
  })

  it('hands the variables of --env-file to a configuration file too', async () => {
    writeFileSync(
      join(folder, 'from-env.mjs'),
      "export default { baseUrl: 'http://exchange.localhost:' + process.env.MY_PORT }",
    )
    const file = envFile(['MY_PORT=4123', 'UNUSED=1'])
    const { code, out } = await run(['check', '--env-file', file, '--config', 'from-env.mjs'])
    expect(code).toBe(0)
    expect(out).toContain('http://exchange.localhost:4123/github/callback')
  })

  it.each([
    ['export default {\n  apps: {},\n  baseUrl "x"\n}', 'Unexpected string'],
    ['const hunter = 2\n\nthrow new Error("broken")', 'broken'],
  ])(
    'names the line where a configuration file goes wrong, and shows none of it',
    async (text, why) => {
      writeFileSync(join(folder, 'wrong.mjs'), text)
      const { code, err } = await run(['--env-file', envFile(), '--config', 'wrong.mjs'])
      expect(code).toBe(1)
      expect(err).toContain(`wrong.mjs, line 3, can't be loaded: ${why}`)
      expect(err).not.toContain('hunter')
    },
  )

  it('starts, logs one line per request without its query, and stops on SIGTERM', async () => {
    let asked = false
    const { code, out, err } = await run(['--env-file', envFile(), '--port', '0'], {
      env: { DANCE_LOGLEVEL: 'off' },
      onOut(text, stop) {
        const [, port] = /listens on port (\d+)/.exec(text) ?? []
        if (port === undefined || asked) return
        asked = true
        void fetch(`http://127.0.0.1:${port}/github/callback?code=hunter3&state=x`).then(stop)
      },
    })
    expect(code).toBe(0)
    expect(err).toContain('DANCE_LOGLEVEL is set, but')
    expect(out).not.toContain('hunter')
    const lines = out.split('\n').filter((line) => line.startsWith('{'))
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { level: 'warn', method: 'GET', route: 'callback', client: 'github', status: 400 },
    ])
  })

  it('says clearly that a port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise((done) => other.once('listening', done))
    const port = String((other.address() as AddressInfo).port)
    const { code, err } = await run(['--env-file', envFile(), '--port', port])
    other.close()
    expect(code).toBe(1)
    expect(err).toContain('taken')
    expect(err).not.toContain('    at ')
  })
})
