import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { findProgram } from '../programs.mjs'
import { connect } from './bidi.ts'

/** One window of Firefox, without Playwright: that waits for a load where the back/forward cache has none. */
export interface Firefox {
  /** Goes to a page, and waits until it is loaded. */
  open(url: string): Promise<void>
  /** Goes back or forward by so many pages. */
  go(delta: number): Promise<void>
  /**
   * What an expression says on the page that is shown.
   *
   * @throws {Error} if it throws, or if its page is left meanwhile
   */
  run(expression: string): Promise<unknown>
  stop(): Promise<void>
}

/**
 * Starts Firefox with a new profile, to be told what to do by WebDriver BiDi.
 *
 * @throws {Error} that names the program, if it is missing or doesn't start
 */
export async function startFirefox(): Promise<Firefox> {
  const path = findProgram('firefox-esr')
  if (path === undefined) throw new Error('There is no firefox-esr: `npm run test:engines`.')
  const profile = await mkdtemp(join(tmpdir(), 'spa-dance-firefox-'))
  const args = ['--headless', '--no-remote', '--remote-debugging-port=0', '--profile', profile]
  const child = spawn(path, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  const stop = async () => {
    process.off('exit', end)
    if (child.exitCode === null && child.signalCode === null) {
      end()
      await once(child, 'exit')
    }
    // Its processes write yet, for a moment.
    await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
  try {
    const bidi = await connect(`${await addressOf(child)}/session`)
    await bidi.send('session.new', { capabilities: {} })
    const { contexts } = await bidi.send('browsingContext.getTree', {})
    const context = Object((contexts as unknown[])[0]).context as string
    return {
      open: async (url) => {
        await bidi.send('browsingContext.navigate', { context, url, wait: 'complete' })
      },
      go: async (delta) => {
        await bidi.send('browsingContext.traverseHistory', { context, delta })
      },
      run: async (expression) => {
        const target = { context }
        const said = await bidi.send('script.evaluate', { expression, target, awaitPromise: true })
        if (said['type'] !== 'success') throw new Error(JSON.stringify(said['exceptionDetails']))
        return Object(said['result']).value
      },
      stop: async () => {
        bidi.close()
        await stop()
      },
    }
  } catch (error) {
    await stop()
    throw error
  }
}

async function addressOf(child: ChildProcess): Promise<string> {
  const patience = new AbortController()
  const tooLate = wait(60_000, undefined, { signal: patience.signal }).then(
    () => child.kill('SIGKILL'),
    () => {},
  )
  try {
    for await (const line of createInterface({ input: child.stderr as NodeJS.ReadableStream })) {
      const [, address] = /^WebDriver BiDi listening on (ws:\S+)/.exec(line) ?? []
      if (address !== undefined) return address
    }
    throw new Error('Firefox doesn’t start.')
  } finally {
    patience.abort()
    await tooLate
  }
}
