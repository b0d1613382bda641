import type { Profiler } from 'node:inspector'
import type { Built } from './build.ts'
import { start, type Child } from './child.ts'
import type { Contestant } from './contestants.ts'
import { openSender } from './load.ts'

/** Where the main thread of the exchange spends its time at one job: shares that sum up to 1. */
export interface Profile {
  readonly job: Contestant['job']
  readonly shares: Readonly<Record<string, number>>
}

/** The first that a frame of the stack fits, from the innermost out, is the part that it counts for. */
const parts: readonly (readonly [part: string, name: RegExp, url: RegExp])[] = [
  ['checking the signature of the proof', /^verifyOneShot$/, /./],
  ['reading the key of the proof', /^(keyOf|createPublicKey)$/, /./],
  ['the rest of the proof', /^(checkProof|readProof|accepts)$/, /exchange-server/],
  ['sealing and opening', /^(seal|open)$/, /exchange-server/],
  ['signing the API call', /^(baseString|authorizationHeader|hmac)$/, /exchange-server|oauth-1/],
  ['routing', /./, /node_modules\/hono\//],
  ['asking the provider (undici)', /./, /node_modules\/undici\//],
  ['the rest of the exchange', /./, /exchange-server|\/providers\//],
  [
    'HTTP with the page (Node, @hono/node-server)',
    /./,
    /node-server|^node:(_http|net|events|internal\/stream)/,
  ],
  ['collecting garbage', /^\(garbage collector\)$/, /^$/],
]
const other = 'other'

/** The parts' names, in the order of a table. */
export const partNames: readonly string[] = [...parts.map(([part]) => part), other]

/** Profiles the jobs of the exchange that come with a proof. */
export async function profiles(
  contestants: readonly Contestant[],
  built: Built,
  upstream: Child,
  count: number,
): Promise<Profile[]> {
  const done: Profile[] = []
  for (const { job, subject, prepare, status } of contestants.filter(({ profiled }) => profiled)) {
    const child = await start(built.path(subject), upstream.url)
    const sender = openSender(child.url, 64)
    const requests = () => prepare(sender, count, { upstream: upstream.url, url: child.url })
    await sender.send(await requests(), status)
    const prepared = await requests()
    const profile = await child.profile(() => sender.send(prepared, status))
    done.push({ job, shares: sharesOf(profile) })
    await sender.close()
    await child.stop()
  }
  return done
}

function sharesOf({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile) {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]))
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((c) => [c, id])))
  const partOf = (leaf: number): string => {
    for (let at: number | undefined = leaf; at !== undefined; at = parents.get(at)) {
      const { functionName = '', url = '' } = frames.get(at) ?? {}
      const found = parts.find(([, name, file]) => name.test(functionName) && file.test(url))
      if (found) return found[0]
    }
    return other
  }
  const names = new Map(nodes.map(({ id }) => [id, partOf(id)]))
  const shares: Record<string, number> = {}
  let total = 0
  for (const [at, node] of samples.entries()) {
    if (frames.get(node)?.functionName === '(idle)') continue
    const part = names.get(node) ?? other
    const time = timeDeltas[at] ?? 0
    shares[part] = (shares[part] ?? 0) + time
    total += time
  }
  return Object.fromEntries(Object.entries(shares).map(([part, time]) => [part, time / total]))
}
