import type { Readable } from 'node:stream'
import { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { isSafeUrl } from '@spa-dance/providers/protocol'
import { Agent } from 'undici'
import { hostProblem } from '../guards/provider-host.ts'
import type { Transport } from '../types.ts'
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
    connections: 128,
    // Longer than undici's 4 s: a quiet exchange would pay a TLS handshake for every login.
    keepAliveTimeout: 60_000,
    headersTimeout: 60_000,
    bodyTimeout: 60_000,
    connect: { lookup: guardedLookup(policy), timeout: 10_000 },
  })
  return {
    async fetch(url, { method = 'GET', headers, body, signal }) {
      if (!isSafeUrl(url)) throw new TypeError('[dance-exchange] http is for loopback only.')
      const problem = hostProblem(url, policy)
      if (problem !== undefined) throw privateAddress(problem)
      const { origin, pathname, search } = new URL(url)
      const answer = await agent.request({
        origin,
        path: pathname + search,
        method,
        headers: { 'accept-encoding': 'identity', ...(headers as Record<string, string>) },
        body: (body ?? null) as string | Uint8Array | null,
        ...(signal && { signal }),
      })
      const head = new Headers()
      for (const [name, value] of Object.entries(answer.headers)) {
        for (const one of [value ?? []].flat()) head.append(name, one)
      }
      const { statusCode } = answer
      // `Response` takes neither a body with these, nor other statuses at all.
      if ([204, 205, 304].includes(statusCode) || statusCode < 200 || statusCode > 599) {
        await answer.body.dump()
        return withStatus(statusCode, head)
      }
      // Not `Readable.toWeb`: it ends the process when a caller hangs up.
      const stream: unknown = NodeReadableStream.from(decoded(answer.body, head))
      return new Response(stream as ReadableStream, { status: statusCode, headers: head })
    },
    close: () => agent.destroy(),
  }
}

/** Some servers compress unasked. */
function decoded(body: Readable, headers: Headers): AsyncIterable<Uint8Array> {
  const decoder = {
    gzip: createGunzip,
    'x-gzip': createGunzip,
    deflate: createInflate,
    br: createBrotliDecompress,
  }[headers.get('content-encoding')?.toLowerCase() ?? '']
  if (!decoder) return body
  const stream = decoder()
  body.on('error', (error) => stream.destroy(error))
  stream.on('close', () => body.destroy())
  return body.pipe(stream)
}

function withStatus(status: number, headers: Headers): Response {
  if (status >= 200 && status <= 599) return new Response(null, { status, headers })
  throw new TypeError('[dance-exchange] A provider answered with a status that does not exist.')
}
