import type { Built } from './build.ts'
import { start, type Child } from './child.ts'
import type { Contestant } from './contestants.ts'
import { openSender, type Sender } from './load.ts'

/** How one contestant did. */
export interface Result {
  readonly id: string
  readonly name: string
  readonly job: Contestant['job']
  /** Medians of the rounds. */
  readonly perSecond: number
  /** Microseconds of its process, all threads. */
  readonly cpu: number
  /** Milliseconds, over all rounds. */
  readonly p50: number
  readonly p99: number
  /** CPU of each round: rounds are compared with each other, so that a busy machine answers all alike. */
  readonly rounds: readonly number[]
}

export interface RaceOptions {
  readonly rounds: number
  readonly requests: number
  /** Requests of each before the first round. */
  readonly warmUp: number
  readonly connections: number
}

/** Lets all run by turns, round after round, each in its own process against one upstream. */
export async function race(
  contestants: readonly Contestant[],
  built: Built,
  upstream: Child,
  { rounds, requests, warmUp, connections }: RaceOptions,
): Promise<Result[]> {
  const runners = await Promise.all(
    contestants.map(async (contestant) => {
      const child = await start(built.path(contestant.subject), upstream.url)
      const laps: Lap[] = []
      return { contestant, child, sender: openSender(child.url, connections), laps }
    }),
  )
  const run = async ({ contestant, child, sender }: Runner, count: number): Promise<Lap> => {
    const prepared = await contestant.prepare(sender, count, {
      upstream: upstream.url,
      url: child.url,
    })
    const before = await child.usage()
    const { times, seconds } = await sender.send(prepared, contestant.status)
    const { cpu } = await child.usage()
    return { cpu: (cpu - before.cpu) / count, perSecond: count / seconds, times }
  }
  try {
    for (const runner of runners) await run(runner, warmUp)
    for (let round = 0; round < rounds; round++) {
      console.error(`round ${round + 1} of ${rounds}`)
      for (const runner of runners) runner.laps.push(await run(runner, requests))
    }
  } finally {
    await Promise.all(
      runners.map(async ({ child, sender }) => (await sender.close(), child.stop())),
    )
  }
  return runners.map(({ contestant: { id, name, job }, laps }) => {
    const times = laps.flatMap((lap) => lap.times).toSorted((a, b) => a - b)
    const at = (share: number): number => times[Math.floor(times.length * share)] ?? 0
    const cpus = laps.map(({ cpu }) => cpu)
    return {
      id,
      name,
      job,
      perSecond: median(laps.map(({ perSecond }) => perSecond)),
      cpu: median(cpus),
      p50: at(0.5),
      p99: at(0.99),
      rounds: cpus,
    }
  })
}

interface Lap {
  readonly cpu: number
  readonly perSecond: number
  readonly times: readonly number[]
}

interface Runner {
  readonly contestant: Contestant
  readonly child: Child
  readonly sender: Sender
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [low = 0, high = 0] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[middle]]
  return (low + high) / 2
}

/** The median of `a`'s CPU by that of `b` in the same round. */
export function ratio(a: Result, b: Result): number {
  return median(a.rounds.map((cpu, n) => cpu / (b.rounds[n] ?? Number.NaN)))
}
