import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Takes a port, if nobody has it: either way it is taken then. */
async function takePort(port: number): Promise<void> {
  const server = createServer().listen(port, '127.0.0.1')
  onTestFinished(() => void server.close())
  await Promise.race([once(server, 'listening'), once(server, 'error')]).catch(() => {})
}

/** `npm run demo`, once it says where it is. A group of its own, as a terminal would give it. */
async function runDemo() {
  const npm = spawn('npm', ['run', '--silent', 'demo'], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const group = -Number(npm.pid)
  onTestFinished(() => {
    if (isAlive(group)) process.kill(group, 'SIGKILL')
  })
  let output = ''
  for (const stream of [npm.stdout, npm.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += String(chunk)
    })
  }
  await expect.poll(() => output, { timeout: 60_000 }).toMatch(/The demo is at .*\n/)
  const [, url = ''] = /The demo is at (\S+)/.exec(output) ?? []
  return { npm, group, url: new URL(url), lines: output.trim().split('\n') }
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

// Signals and groups are as on Unix.
test.skipIf(process.platform === 'win32')(
  'the demo says which URL to open, and which port was taken, and nothing else',
  { timeout: 120_000 },
  async () => {
    await takePort(5173)
    const { url, lines, group } = await runDemo()
    expect(lines.at(-1)).toBe(`The demo is at ${url.href} (Ctrl-C stops it)`)
    expect(lines).toContain(`Port 5173 is taken: the app takes ${url.port}.`)
    // Others may have the other ports.
    expect(
      lines.filter((line) => !/^Port \d+ is taken: the \w+ takes \d+\.$/.test(line)),
    ).toHaveLength(1)
    const page = await fetch(`http://127.0.0.1:${url.port}/`, { headers: { Host: url.host } })
    expect(await page.text()).toContain('<title>SPA-Dance demo</title>')

    // As Ctrl-C does.
    process.kill(group, 'SIGINT')
    await expect.poll(() => isAlive(group), { timeout: 20_000 }).toBe(false)
  },
)

test.skipIf(process.platform === 'win32')(
  'the demo ends when npm is stopped, which tells nobody',
  { timeout: 120_000 },
  async () => {
    const { npm, group } = await runDemo()
    npm.kill('SIGTERM')
    await expect.poll(() => isAlive(group), { timeout: 20_000 }).toBe(false)
  },
)
