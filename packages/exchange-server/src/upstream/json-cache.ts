import type { Transport } from '../types.ts'
import { ask, upstreamBroken } from './ask.ts'

/** Published documents of providers: discovery, key sets. */
export interface JsonCache {
  /**
   * @param maxAge seconds that a kept copy may be old
   * @throws OAuthError where there is neither an answer nor a copy of the last day
   */
  get(url: string, maxAge: number): Promise<unknown>
}

const day = 86_400_000

/** Keeps what it has read; while a provider is down its last document serves for a day. */
export function createJsonCache(transport: Transport): JsonCache {
  const kept = new Map<string, { at: number; value: unknown }>()
  return {
    async get(url, maxAge) {
      const known = kept.get(url)
      const age = known ? Date.now() - known.at : Number.POSITIVE_INFINITY
      if (known && age >= 0 && age < maxAge * 1000) return known.value
      try {
        const { status, text } = await ask(transport, {
          url,
          method: 'GET',
          headers: { Accept: 'application/json' },
        })
        if (status !== 200) throw upstreamBroken(`${url} answered with status ${status}`)
        const value = parse(text, url)
        kept.set(url, { at: Date.now(), value })
        return value
      } catch (error) {
        if (known && age < day) return known.value
        throw error
      }
    },
  }
}

function parse(text: string, url: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw upstreamBroken(`${url} holds no JSON`)
  }
}
