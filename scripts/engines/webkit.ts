import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { Builder, type WebDriver } from 'selenium-webdriver'
import { findProgram } from '../programs.mjs'

/** WebKitGTK on a display of its own. */
export interface WebKit {
  readonly driver: WebDriver
  stop(): Promise<void>
}

/**
 * Starts WebKitGTK as its driver knows it. It has no headless mode, so it gets a screen that nobody sees.
 *
 * @throws {Error} that names the program which is missing, or which doesn't start
 */
export async function startWebKit(): Promise<WebKit> {
  const started: ChildProcess[] = []
  const end = () => started.splice(0).forEach((child) => child.kill())
  process.once('exit', end)
  try {
    const screen = spawn(pathOf('Xvfb'), ['-displayfd', '3', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    })
    started.push(screen)
    const port = await freePort()
    const env = { ...process.env, DISPLAY: `:${await numberOf(screen)}`, ...quiet }
    const args = [`--port=${port}`, '--host=127.0.0.1']
    started.push(spawn(pathOf('WebKitWebDriver'), args, { env, stdio: 'ignore' }))
    const driver = await connect(`http://127.0.0.1:${port}`)
    return {
      driver,
      stop: async () => {
        process.off('exit', end)
        // It may have hung: its processes end all the same.
        await Promise.race([driver.quit().catch(() => {}), wait(5_000, undefined, { ref: false })])
        end()
      },
    }
  } catch (error) {
    end()
    throw error
  }
}

const quiet = { GDK_BACKEND: 'x11', NO_AT_BRIDGE: '1' }

function pathOf(program: string): string {
  const path = findProgram(program)
  if (path === undefined) throw new Error(`WebKitGTK needs ${program}: \`npm run test:engines\`.`)
  return path
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

/** The number of the screen, which it writes once it can be drawn on. */
async function numberOf(screen: ChildProcess): Promise<string> {
  const failed = once(screen, 'exit').then(() => undefined)
  const written = screen.stdio[3] && once(screen.stdio[3], 'data')
  const [chunk] = (await Promise.race([written, failed])) ?? []
  if (chunk === undefined) throw new Error('Xvfb doesn’t start.')
  return String(chunk).trim()
}

async function connect(server: string): Promise<WebDriver> {
  for (let tries = 0; ; tries += 1) {
    const { ok } = await fetch(`${server}/status`).catch(() => ({ ok: false }))
    if (ok) break
    if (tries === 100) throw new Error('WebKitWebDriver doesn’t start.')
    await wait(100)
  }
  return new Builder()
    .usingServer(server)
    .withCapabilities({
      browserName: 'MiniBrowser',
      'webkitgtk:browserOptions': { args: ['--automation'] },
    })
    .build()
}
