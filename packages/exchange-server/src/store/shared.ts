import { OAuthError } from '../errors.ts'
import type { ExchangeStore } from '../types.ts'
import { StoreDownError } from './down.ts'
import { isolateStore } from './isolate.ts'
import { memoryStore } from './memory.ts'

/** A store as the exchange uses it. */
export interface SharedStore extends ExchangeStore {
  /**
   * Like `share`, for what must not be done twice: refused while the store is down.
   *
   * @throws OAuthError 503
   */
  shareStrictly: ExchangeStore['share']
}

/**
 * What goes on while a given store is down: all that one instance can promise by itself, as if no
 * store were given. What would do harm done twice is refused.
 */
export function sharedStore(given: ExchangeStore | undefined): SharedStore {
  const own = ownStore()
  if (!given) return { ...own, shareStrictly: own.share }
  return {
    first: (key, seconds) => orElse(given.first(key, seconds), () => own.first(key, seconds)),
    count: (key, seconds) => orElse(given.count(key, seconds), () => own.count(key, seconds)),
    share: (...asked) => orElse(given.share(...asked), () => own.share(...asked)),
    shareStrictly: (...asked) =>
      orElse(given.share(...asked), () => Promise.reject(refused('the store is down'))),
  }
}

/** What suits the platform. */
const ownStore = (): ExchangeStore =>
  globalThis.navigator?.userAgent === 'Cloudflare-Workers' ? isolateStore() : memoryStore()

async function orElse<T>(asked: Promise<T>, whenDown: () => Promise<T>): Promise<T> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof StoreDownError) return whenDown()
    throw error
  }
}

/** 503: whoever asks keeps what they have. */
export const refused = (reason: string): OAuthError =>
  new OAuthError(503, 'temporarily_unavailable', "This can't be done now. Try again later.", {
    reason,
    headers: { 'Retry-After': '5' },
  })
