import type { Exchange } from '../exchange.ts'
import { sha256 } from '../seal/random.ts'
import { now } from '../seal/seal.ts'
import type { Granted } from '../upstream/granted.ts'

/** What a provider granted, and whether this very request asked for it. */
export interface Once {
  readonly granted: Granted
  /** Seconds since the provider answered. */
  readonly age: number
  readonly first: boolean
  /** Of the key that the first request was made with. */
  readonly jkt: string | undefined
}

/**
 * Asks a provider once for all requests that come with the same credential, at the same time or
 * within `seconds`: providers that rotate take a second use for theft, and an answer that was lost
 * on its way to the page can be fetched again. What waits in the store is sealed.
 */
export async function once(
  { store, sealer }: Exchange,
  { credential, jkt, seconds }: { credential: string; jkt: string | undefined; seconds: number },
  work: () => Promise<Granted>,
): Promise<Once> {
  let mine: Granted | undefined
  const answer = await store.share(await sha256(credential), seconds, async () => {
    mine = await work()
    const text = JSON.stringify({ granted: mine, at: now(), jkt })
    return sealer.seal('answer', { text }, now() + seconds + 60)
  })
  if (mine) return { granted: mine, age: 0, first: true, jkt }
  const opened = await sealer.open('answer', answer)
  if (!opened) throw new TypeError('[dance-exchange] The store gave back what was never put there.')
  const kept: { granted: Granted; at: number; jkt?: string } = JSON.parse(opened.text)
  return { granted: kept.granted, age: now() - kept.at, first: false, jkt: kept.jkt }
}
