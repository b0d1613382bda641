/** A request that can be sent twice, unless its body is a stream. */
export interface Outgoing {
  readonly url: string
  readonly init: RequestInit
  readonly method: string
  readonly replayable: boolean
}

/** Reads what a caller of `fetch` gave. A `Request` is used up by it, as by `fetch`. */
export async function readOutgoing(
  input: string | URL | Request,
  init: RequestInit = {},
): Promise<Outgoing> {
  const given = input instanceof Request ? await unpack(input) : { url: String(input), init: {} }
  const all = { ...given.init, ...init }
  const method = (all.method ?? 'GET').toUpperCase()
  return { url: given.url, init: all, method, replayable: !(all.body instanceof ReadableStream) }
}

async function unpack(request: Request): Promise<{ url: string; init: RequestInit }> {
  const { url, method, headers, signal, redirect, cache, referrerPolicy, keepalive } = request
  // Not by `request.body`, which Firefox lacks.
  const body = await request.arrayBuffer()
  return {
    url,
    init: {
      method,
      headers,
      signal,
      redirect,
      cache,
      referrerPolicy,
      keepalive,
      ...(body.byteLength > 0 && { body }),
    },
  }
}

/** A caller stops waiting when its signal says so; what others wait for too goes on. */
export function untilAborted<T>(
  promise: Promise<T>,
  signal: AbortSignal | null | undefined,
): Promise<T> {
  if (!signal) return promise
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason)
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
