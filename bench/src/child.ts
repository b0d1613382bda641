import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { Profiler } from 'node:inspector'
import type { Asked, Usage } from './subject.ts'

/** A process that is measured. */
export interface Child {
  /** Its origin. */
  readonly url: string
  usage(): Promise<Usage>
  /** What its main thread does while something is done. */
  profile(work: () => Promise<unknown>): Promise<Profiler.Profile>
  stop(): Promise<void>
}

/** What it may be watched for. */
export interface Watch {
  /** Collects garbage before it says how much it uses. */
  readonly gc?: boolean
  /** Measures how long its event loop is held up. */
  readonly lag?: boolean
  /** Further options of Node. */
  readonly node?: readonly string[]
}

/** Starts a module that announces itself. */
export async function start(path: string, upstream = '', watch: Watch = {}): Promise<Child> {
  const child = fork(path, [upstream, ...(watch.lag ? ['--lag'] : [])], {
    execArgv: [...(watch.gc ? ['--expose-gc'] : []), ...(watch.node ?? [])],
    env: { ...process.env, NODE_ENV: 'production' },
  })
  const told = async <T>(): Promise<T> => {
    const [message] = await once(child, 'message', { signal: AbortSignal.timeout(30_000) })
    return message as T
  }
  const { port } = await told<{ port: number }>()
  const ask = <T>(asked: Asked): Promise<T> => {
    const answer = told<T>()
    child.send(asked)
    return answer
  }
  return {
    url: `http://127.0.0.1:${port}`,
    usage: () => ask<Usage>('usage'),
    async profile(work) {
      await ask('begin-profile')
      await work()
      return ask<Profiler.Profile>('end-profile')
    },
    async stop() {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}
