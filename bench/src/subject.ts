import type { Server } from 'node:http'
import { Session } from 'node:inspector'
import type { AddressInfo } from 'node:net'

/** What a subject says of itself when it is asked. */
export interface Usage {
  /** Microseconds of CPU since it began, all threads. */
  readonly cpu: number
  /** Bytes. */
  readonly rss: number
  readonly heap: number
  readonly sockets: number
  /** The longest that its event loop was held up since it was last asked, in milliseconds. */
  readonly lag: Lag
}

/** By its own work, and by the clock: the difference is what the machine gave to others. */
export interface Lag {
  readonly cpu: number
  readonly clock: number
}

/** What a parent may ask for. */
export type Asked = 'usage' | 'begin-profile' | 'end-profile'

/** Tells the parent where this process listens, and answers what it is asked. */
export function announce(port: number): void {
  // Only where it is asked for: it wakes the process every millisecond.
  const lag = process.argv.includes('--lag') ? watchLag() : () => ({ cpu: 0, clock: 0 })
  const session = new Session()
  process.on('message', (asked: Asked) => {
    if (asked === 'begin-profile') {
      session.connect()
      session.post('Profiler.enable')
      session.post('Profiler.start', () => process.send?.({}))
      return
    }
    if (asked === 'end-profile') {
      session.post('Profiler.stop', (_, { profile }) => process.send?.(profile))
      return
    }
    const { user, system } = process.cpuUsage()
    const held = lag()
    globalThis.gc?.()
    const { rss, heapUsed: heap } = process.memoryUsage()
    const sockets = process
      .getActiveResourcesInfo()
      .filter((name) => name === 'TCPSocketWrap').length
    process.send?.({ cpu: user + system, rss, heap, sockets, lag: held })
  })
  process.on('disconnect', () => process.exit())
  process.send?.({ port })
}

/** Listens on a free port of this machine, and announces it. */
export function serve(server: Server): void {
  server.listen(0, '127.0.0.1', () => announce((server.address() as AddressInfo).port))
}

/** Looks at clock and CPU of this thread at each turn of the event loop, about every millisecond. */
function watchLag(): () => Lag {
  let worst = { cpu: 0, clock: 0 }
  let last = { cpu: threadCpu(), clock: performance.now() }
  setInterval(() => {
    const now = { cpu: threadCpu(), clock: performance.now() }
    worst = {
      cpu: Math.max(worst.cpu, now.cpu - last.cpu),
      clock: Math.max(worst.clock, now.clock - last.clock),
    }
    last = now
  }, 1)
  return () => {
    const held = worst
    worst = { cpu: 0, clock: 0 }
    return held
  }
}

/** Milliseconds. */
function threadCpu(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}
