import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { Usage } from './subject.ts'

/** A process that is measured. */
export interface Child {
  /** Its origin. */
  readonly url: string
  usage(): Promise<Usage>
  stop(): Promise<void>
}

/** What it may be watched for. */
export interface Watch {
  /** Collects garbage before it says how much it uses. */
  readonly gc?: boolean
  /** Measures how long its event loop is held up. */
  readonly lag?: boolean
}

/** Starts a module that announces itself. */
export async function start(path: string, upstream = '', watch: Watch = {}): Promise<Child> {
  const child = fork(path, [upstream, ...(watch.lag ? ['--lag'] : [])], {
    execArgv: watch.gc ? ['--expose-gc'] : [],
    env: { ...process.env, NODE_ENV: 'production' },
  })
  const told = async <T>(): Promise<T> => {
    const [message] = await once(child, 'message', { signal: AbortSignal.timeout(30_000) })
    return message as T
  }
  const { port } = await told<{ port: number }>()
  return {
    url: `http://127.0.0.1:${port}`,
    usage() {
      const answer = told<Usage>()
      child.send('usage')
      return answer
    },
    async stop() {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}
