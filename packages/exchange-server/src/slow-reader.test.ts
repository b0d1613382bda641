import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { faults } from './testing-internal/hostile.ts'
import { asked, live } from './testing-internal/live.ts'

it('X-47: an answer is passed on as it is read, so a page that does not read holds the provider back', async () => {
  const l = await live()
  try {
    await l.routes()
    const lines = await l.relayHead()
    l.provider.fault = { path: asked.relay, act: faults['never ends'] }
    const socket = connect(l.exchange.port, '127.0.0.1').pause()
    socket.on('error', () => {}).write(lines)
    // Until nothing moves any more, in a second of looking.
    let [before, now] = [-1, 0]
    while (now === 0 || now !== before) {
      before = now
      await pause(1000)
      now = l.provider.written()
    }
    // Sockets buffer some megabytes on the way; the relay's limit is 64 MiB.
    expect(now).toBeLessThan(32 * 1_048_576)
    socket.destroy()
    await expect.poll(() => l.provider.faulty()).toBe(0)
  } finally {
    await l.close()
  }
}, 60_000)
