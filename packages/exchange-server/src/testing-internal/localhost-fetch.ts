import { Agent, fetch as fetchBy } from 'undici'
import { guardedLookup } from '../node/lookup.ts'

/**
 * A `fetch` that knows `*.localhost` as a browser does, and leaves redirects to the test.
 *
 * @param ca a certificate to trust, as PEM
 */
export function localhostFetch(ca?: string): {
  fetch: (url: string, init?: RequestInit) => Promise<Response>
  close: () => Promise<void>
} {
  const policy = { allowPrivate: new Set<string>(), loopback: true }
  const dispatcher = new Agent({
    connect: { lookup: guardedLookup(policy), ...(ca !== undefined && { ca }) },
  })
  const byAgent: unknown = (url: string, init: object = {}) =>
    fetchBy(url, { redirect: 'manual', ...init, dispatcher })
  return { fetch: byAgent as typeof fetch, close: () => dispatcher.destroy() }
}
