import { OAuthError } from '../errors.ts'
import type { ExchangeStore, RateLimit } from '../types.ts'
import { networkOf } from './address.ts'

/** Seconds. */
const span = 60

/** Who asks too often is refused for the rest of the minute. */
export interface Limits {
  /**
   * @param address where none is known all callers are one
   * @throws OAuthError 429
   */
  byAddress(client: string, address: () => string | null | undefined): Promise<void>
  /** @throws OAuthError 429 */
  byKey(jkt: string): Promise<void>
}

/** Counts by the minute, in the store: over all instances that share one. */
export function createLimits(
  store: Pick<ExchangeStore, 'count'>,
  { perAddress, perKey }: RateLimit,
): Limits {
  const within = async (key: string, most: number): Promise<void> => {
    const now = Math.floor(Date.now() / 1000)
    const minute = Math.floor(now / span)
    if ((await store.count(`${minute}:${key}`, span)) > most) throw tooMany(span - (now % span))
  }
  return {
    async byAddress(client, address) {
      if (perAddress === undefined) return
      await within(`address:${client}:${networkOf(address() ?? '')}`, perAddress)
    },
    async byKey(jkt) {
      if (perKey !== undefined) await within(`key:${jkt}`, perKey)
    },
  }
}

const tooMany = (seconds: number): OAuthError =>
  new OAuthError(429, 'temporarily_unavailable', `Too many requests. Try again in ${seconds} s.`, {
    reason: 'rateLimit is reached',
    headers: { 'Retry-After': String(seconds) },
  })
