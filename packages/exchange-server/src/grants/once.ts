import { invalidGrant } from '../errors.ts'
import type { Exchange } from '../exchange.ts'
import { now } from '../seal/seal.ts'
import { refused } from '../store/shared.ts'
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

/** What is asked for once. */
export interface Question {
  /** Those who come with the same one get the same answer. */
  readonly credential: string
  readonly jkt: string | undefined
  readonly seconds: number
  /**
   * Whether it is refused while the store is down or has forgotten the answer, because a second use
   * would do harm. Otherwise it is asked for once per instance, and the provider is the judge.
   */
  readonly strict: boolean
}

/** How long an answer that was lost can be fetched again, in seconds. */
export const retryWindow = 30

/**
 * Asks a provider once for all requests that come with the same credential, at the same time or
 * within `seconds`: providers that rotate take a second use for theft, and an answer that was lost
 * on its way to the page can be fetched again. What waits in the store is sealed.
 */
export async function once(
  { crypto, store, sealer, waitUntil }: Exchange,
  { credential, jkt, seconds, strict }: Question,
  ask: () => Promise<Granted>,
): Promise<Once> {
  let mine: Granted | undefined
  const key = await crypto.sha256(credential)
  const share = strict ? store.shareStrictly : store.share
  const work = async (): Promise<string> => {
    mine = await ask()
    // Nobody could prove that a lost answer is theirs: that it was asked for is all to keep.
    if (jkt === undefined) return ''
    const text = JSON.stringify({ key, granted: mine, at: now(), jkt })
    return sealer.seal('answer', { text }, now() + seconds + 60)
  }
  const asked = share(key, seconds, work, retryWindow)
  // The provider has moved on, whether the page waits for it or not.
  waitUntil?.(asked.catch(() => {}))
  const answer = await asked
  if (mine) return { granted: mine, age: 0, first: true, jkt }
  if (answer === '') throw strict ? refused('the answer is forgotten') : invalidGrant('used before')
  const opened = await sealer.open('answer', answer)
  const kept: Kept | undefined = opened && JSON.parse(opened.text)
  if (kept?.key !== key) {
    throw new TypeError('[dance-exchange] The store gave back what was never put there.')
  }
  return { granted: kept.granted, age: now() - kept.at, first: false, jkt: kept.jkt }
}

/** What lies in the store. With its key: who can write there must not give one's answer to another. */
interface Kept {
  readonly key: string
  readonly granted: Granted
  readonly at: number
  readonly jkt?: string
}
