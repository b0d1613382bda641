import { Readable, pipeline, type Duplex } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { isSafeUrl } from '@spa-dance/providers/protocol'
import { Agent } from 'undici'
import { hostProblem } from '../guards/provider-host.ts'
import type { Transport, TransportAnswer } from '../types.ts'
import { dispatch } from './incoming.ts'
import { guardedLookup, privateAddress } from './lookup.ts'

/** A transport with connections of its own. */
export interface NodeTransport {
  readonly fetch: Transport
  /** Ends all connections. */
  close(): Promise<void>
}

/** Which hosts a transport may reach beside public ones. */
export interface NodeTransportOptions {
  /** Hosts of your own network, by name. @default none */
  readonly allowPrivate?: Iterable<string>
  /** Whether `localhost` and `*.localhost` may be reached. @default false */
  readonly loopback?: boolean
}

/**
 * Reaches providers over kept-alive connections, a pool per origin. Follows no redirect, speaks http
 * to loopback only, and connects to no private address that is not allowed by its host's name.
 */
export function nodeTransport({
  allowPrivate = [],
  loopback = false,
}: NodeTransportOptions = {}): NodeTransport {
  const policy = { allowPrivate: new Set(allowPrivate), loopback }
  const agent = new Agent({
    // A provider that is slow holds one for each request that waits for it.
    connections: 1024,
    // Longer than undici's 4 s: a quiet exchange would pay a TLS handshake for every login.
    keepAliveTimeout: 60_000,
    headersTimeout: 60_000,
    bodyTimeout: 60_000,
    connect: { lookup: guardedLookup(policy), timeout: 10_000 },
  })
  return {
    async fetch(url, { method = 'GET', headers, body = null, signal }) {
      const target = new URL(url)
      if (!isSafeUrl(target)) throw new TypeError('[dance-exchange] http is for loopback only.')
      const problem = hostProblem(target, policy)
      if (problem !== undefined) throw privateAddress(problem)
      const options = {
        origin: target.origin,
        path: target.pathname + target.search,
        method,
        headers: { 'accept-encoding': 'identity', ...(headers as Record<string, string>) },
        body: body as string | Uint8Array | null,
      }
      return decoded(await dispatch(agent, options, signal))
    },
    close: () => agent.destroy(),
  }
}

const decoders: Readonly<Record<string, () => Duplex>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
}

/** Some servers compress unasked. */
function decoded(answer: TransportAnswer): TransportAnswer {
  const encoding = answer.headers.get('content-encoding')?.toLowerCase() ?? ''
  const decoder = Object.hasOwn(decoders, encoding) ? decoders[encoding]?.() : undefined
  if (!decoder || !answer.body) return answer
  // Whatever goes wrong reaches the reader of the one, and ends the other.
  pipeline(Readable.from(answer.body), decoder, () => {})
  return { ...answer, body: decoder }
}
