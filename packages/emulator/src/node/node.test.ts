import { execFile, type ChildProcess } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { startEmulator, type RunningEmulator } from './index.ts'

const running: RunningEmulator[] = []
const children: ChildProcess[] = []
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await Promise.all(running.splice(0).map((emulator) => emulator.close()))
})

async function start(port = 0): Promise<RunningEmulator> {
  const emulator = await startEmulator({ port, registrations: {} })
  running.push(emulator)
  return emulator
}

/** Node's fetch sets Host by itself, and its resolver may not know `*.localhost`. */
async function call({ port }: RunningEmulator, host: string, path: string): Promise<number> {
  const sent = request({ host: '127.0.0.1', port, path, headers: { host, 'user-agent': 'test' } })
  sent.end()
  const [response] = await once(sent, 'response')
  response.resume()
  return response.statusCode
}

describe('startEmulator()', () => {
  it('serves every virtual host on one port', async () => {
    const emulator = await start()
    const { host, port } = new URL(emulator.url)
    expect(Number(port)).toBe(emulator.port)
    expect(await call(emulator, `api-github-com.github.${host}`, '/user')).toBe(401)
    expect(await call(emulator, host, '/')).toBe(200)
  })

  it('drops a connection that the script says to drop', async () => {
    const emulator = await start()
    emulator.control.failNext('github', 'api', { drop: 'request' })
    const host = `api-github-com.github.localhost:${emulator.port}`
    await expect(call(emulator, host, '/user')).rejects.toThrow(/socket hang up|ECONNRESET/)
    expect(await call(emulator, host, '/user')).toBe(401)
  })

  it('rejects where the port is taken, and where the options can not work', async () => {
    const { port } = await start()
    await expect(start(port)).rejects.toThrow(/EADDRINUSE/)
    const registrations = { myspace: [] }
    await expect(startEmulator({ port: 0, registrations })).rejects.toThrow(/myspace/)
  })
})

describe('dance-emulator', { timeout: 30_000 }, () => {
  const cli = fileURLToPath(new URL('../cli.ts', import.meta.url))
  const run = (...args: string[]): ChildProcess => {
    const child = execFile(process.execPath, ['--conditions=spa-dance-source', cli, ...args])
    children.push(child)
    return child
  }

  async function outcome(...args: string[]): Promise<{ code: number; error: string }> {
    const child = run(...args)
    let error = ''
    child.stderr?.on('data', (text: string) => (error += text))
    const [code] = await once(child, 'close')
    return { code, error }
  }

  it('starts, says what to put where, and stops on a signal', async () => {
    const child = run('--port', '0', '--redirect-uri', 'http://app.localhost:1/callback/{client}/')
    const [text] = await once(child.stdout ?? child, 'data')
    expect(text).toMatch(/is up at http:\/\/localhost:\d+/)
    expect(text).toContain('client id github-client, secret github-secret')
    expect(text).toContain('http://app.localhost:1/callback/discord/')
    child.kill('SIGTERM')
    const [code] = await once(child, 'close')
    expect(code).toBe(0)
  })

  it('registers an app that signs by RSA where it is given the public key', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dance-'))
    const file = join(folder, 'public.pem')
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    writeFileSync(file, String(publicKey.export({ type: 'spki', format: 'pem' })))
    const child = run('--port', '0', '--public-key', file)
    const [text] = await once(child.stdout ?? child, 'data')
    expect(text).toMatch(/client id jira-client, signing by the private key/)
    rmSync(folder, { recursive: true })
  })

  it('says what is wrong in one line', async () => {
    const { port } = await start()
    expect(await outcome('--port', String(port))).toEqual({
      code: 1,
      error: expect.stringMatching(/^dance-emulator: port \d+ is taken.*\n$/),
    })
    expect((await outcome('--port', 'x')).error).toMatch(/--port x is no port/)
    expect((await outcome('--prot', '1')).error).toMatch(/--prot/)
    expect((await outcome('--public-key', 'no.pem')).error).toMatch(/no\.pem/)
  })
})
