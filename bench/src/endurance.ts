import { get } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type { Built } from './build.ts'
import { start, type Child, type Watch } from './child.ts'
import { relayed } from './contestants.ts'
import { openSender, type Prepared } from './load.ts'
import { codes, makeKey, redeem } from './page.ts'
import type { Lag } from './subject.ts'

/** A figure that is not a race. */
export interface Figure {
  readonly name: string
  readonly goal: string
  readonly measured: string
  readonly met: boolean
}

/** What all figures are measured with. */
export interface Bench {
  readonly built: Built
  readonly upstream: Child
  /** How much of each to do: 1 is all of it. */
  readonly share: number
}

const startExchange = ({ built, upstream }: Bench, watch?: Watch): Promise<Child> =>
  start(built.path('subjects/exchange'), upstream.url, watch)

const mb = (bytes: number): number => Math.round(bytes / 1e6)

/** Whether signing by RSA holds up other requests. */
export async function rsaLag(bench: Bench): Promise<Figure> {
  const child = await startExchange(bench, { lag: true })
  const sender = openSender(child.url, 16)
  const lags: Lag[] = []
  for (let round = 0; round < 6; round++) {
    const requests = await relayed(sender, 'rsa', Math.round(1500 * bench.share), child.url)
    await child.usage()
    await sender.send(requests, 200)
    lags.push((await child.usage()).lag)
  }
  await sender.close()
  await child.stop()
  // The first round warms up.
  const cpu = Math.max(...lags.slice(1).map((lag) => lag.cpu))
  const clock = Math.max(...lags.slice(1).map((lag) => lag.clock))
  return {
    name: 'RSA-SHA1, 16 in flight: longest that the event loop was held up',
    goal: '≤ 10 ms',
    measured: `${cpu.toFixed(1)} ms by its own work (${clock.toFixed(0)} ms by the clock of a shared machine)`,
    met: cpu <= 10,
  }
}

/** What one process does with a provider that takes 200 ms. */
export async function slowProvider(bench: Bench): Promise<Figure> {
  const child = await startExchange(bench)
  const sender = openSender(child.url, 256)
  const rates: number[] = []
  for (let round = 0; round < 3; round++) {
    const count = Math.max(512, Math.round(5120 * bench.share))
    const requests = (await codes(sender, 'slow', count)).map((code) => redeem('slow', code))
    rates.push(count / (await sender.send(requests, 200)).seconds)
  }
  await sender.close()
  await child.stop()
  const rate = Math.max(...rates)
  return {
    name: 'A provider of 200 ms, 256 connections, one process',
    goal: '≥ 1,000 exchanges/s (1,280 are possible)',
    measured: `${Math.round(rate).toLocaleString('en')} exchanges/s`,
    met: rate >= 1000,
  }
}

/** Memory over many requests, of which a third asks the provider, as the Dockerfile starts it. */
export async function memory(bench: Bench): Promise<Figure> {
  const child = await startExchange(bench, { gc: true, node: ['--max-semi-space-size=16'] })
  const sender = openSender(child.url, 64)
  const keys = Array.from({ length: 64 }, makeKey)
  const total = Math.round(100_000 * bench.share)
  const samples: number[] = []
  const heaps: number[] = []
  for (let sent = 0; sent < total;) {
    const made = await codes(sender, 'fast', 1000)
    const target = `${child.url}/fast/token`
    const requests = made.map((code, n) =>
      redeem('fast', code, keys[n % keys.length]?.proof('POST', target)),
    )
    await sender.send(requests, 200)
    sent += 3 * made.length
    const { rss, heap } = await child.usage()
    samples.push(rss)
    heaps.push(heap)
  }
  await sender.close()
  await child.stop()
  const [third = 0, last = 0] = [samples[Math.floor(samples.length / 3)], samples.at(-1)]
  const most = Math.max(...samples)
  return {
    name: `Memory over ${total.toLocaleString('en')} requests`,
    goal: 'flat; ≤ 200 MB RSS',
    measured: `${mb(third)} MB after a third, ${mb(last)} MB at the end, ${mb(most)} MB at most`,
    met: most <= 200e6 && last <= third * 1.25,
  }
}

/** Memory while many slow answers are waited for. */
export async function waiting(bench: Bench): Promise<Figure> {
  const child = await startExchange(bench, { gc: true })
  const count = Math.max(100, Math.round(1000 * bench.share))
  const sender = openSender(child.url, count)
  const requests = await relayed(sender, 'hold', count, child.url)
  const before = await child.usage()
  const answered = sender.send(requests, 200)
  await wait(4000)
  const during = await child.usage()
  await answered
  await sender.close()
  await child.stop()
  return {
    name: `Memory with ${count.toLocaleString('en')} slow upstreams open`,
    goal: '≤ 200 MB RSS',
    measured: `${mb(during.rss)} MB (${mb(before.rss)} MB before), all answered`,
    met: during.rss <= 200e6,
  }
}

/** What is left of clients that hang up in the middle of an answer. */
export async function hangUps(bench: Bench): Promise<Figure> {
  const child = await startExchange(bench, { gc: true })
  const sender = openSender(child.url, 64)
  const count = Math.max(128, Math.round(1280 * bench.share))
  const waves = async (): Promise<void> => {
    const requests = await relayed(sender, 'drip', count, child.url)
    for (let at = 0; at < count; at += 64) {
      await Promise.all(requests.slice(at, at + 64).map((request) => hangUp(child.url, request)))
    }
  }
  await waves()
  const before = await settled(child, bench.upstream)
  await waves()
  const after = await settled(child, bench.upstream)
  await sender.send(await relayed(sender, 'hmac', 64, child.url), 200)
  await sender.close()
  await child.stop()
  const sockets = after.sockets - before.sockets
  const upstreams = after.upstream - before.upstream
  const heap = after.heap - before.heap
  return {
    name: `${count.toLocaleString('en')} clients hanging up in mid-answer`,
    goal: 'sockets, heap and process as before',
    measured: `${signed(sockets)} sockets, ${signed(upstreams)} at the provider, ${signed(mb(heap))} MB heap; goes on`,
    met: sockets <= 0 && upstreams <= 0 && heap <= 2e6,
  }
}

const signed = (value: number): string => (value > 0 ? `+${value}` : String(value))

/** Takes the first bytes of an answer, and goes. */
function hangUp(origin: string, { path, headers }: Prepared): Promise<void> {
  return new Promise((resolve, reject) => {
    const client = get(origin + path, { headers, agent: false }, (response) => {
      response.once('data', () => client.destroy())
      response.once('close', resolve)
      response.on('error', () => {})
    })
    client.on('error', reject)
  })
}

/** Usage once the number of sockets stays. */
async function settled(child: Child, upstream: Child) {
  let last = { sockets: -1, heap: 0, upstream: -1 }
  for (let same = 0; same < 4;) {
    await wait(250)
    const [{ sockets, heap }, provider] = [await child.usage(), await upstream.usage()]
    same = sockets === last.sockets && provider.sockets === last.upstream ? same + 1 : 0
    last = { sockets, heap, upstream: provider.sockets }
  }
  return last
}
