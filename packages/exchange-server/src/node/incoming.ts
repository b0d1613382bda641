import type { Agent, Dispatcher } from 'undici'
import type { TransportAnswer } from '../types.ts'

/** Bytes of a body that may wait for their reader before the connection is paused. */
const ahead = 65_536

/**
 * Sends a request by undici's lowest interface: no stream and no `Response` is made of the answer.
 *
 * Its body is read once. Reading it to the end, breaking off, or the signal frees the connection.
 */
export function dispatch(
  agent: Agent,
  options: Dispatcher.DispatchOptions,
  signal: AbortSignal | null | undefined,
): Promise<TransportAnswer> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = []
    let waiting = 0
    let state: 'open' | 'ended' | { readonly error: Error } = 'open'
    let controller: Dispatcher.DispatchController | undefined
    let wake = (): void => {}

    const close = (how: Exclude<typeof state, 'open'>): void => {
      if (state !== 'open') return
      state = how
      signal?.removeEventListener('abort', abort)
      // Does nothing where the head came already.
      if (how !== 'ended') reject(how.error)
      wake()
    }
    const abort = (): void => {
      const error = new DOMException('The request was ended.', 'AbortError')
      controller?.abort(error)
      close({ error })
    }

    // No generator: its `return` would wait for the chunk that is waited for.
    const body: AsyncIterableIterator<Uint8Array, undefined> = {
      [Symbol.asyncIterator]: () => body,
      async next() {
        for (;;) {
          const value = chunks.shift()
          if (value) {
            waiting -= value.byteLength
            if (waiting === 0 && controller?.paused) controller.resume()
            return { done: false, value }
          }
          if (state === 'ended') return { done: true, value: undefined }
          if (state !== 'open') throw state.error
          await new Promise<void>((woken) => (wake = woken))
        }
      },
      async return() {
        abort()
        return { done: true, value: undefined }
      },
    }

    signal?.addEventListener('abort', abort)
    if (signal?.aborted) abort()
    else {
      agent.dispatch(options, {
        onRequestStart(started) {
          controller = started
          // It may have waited for a connection for longer than anybody waits for it.
          if (state !== 'open') abort()
        },
        onResponseStart(_, status, headers) {
          // 1xx is no answer yet.
          if (status < 200) return
          const get = (name: string): string | null => {
            const value = headers[name]
            return value === undefined ? null : [value].flat().join(', ')
          }
          resolve({ status, headers: { get }, body })
        },
        onResponseData(paused, chunk) {
          chunks.push(chunk)
          waiting += chunk.byteLength
          if (waiting > ahead) paused.pause()
          wake()
        },
        onResponseEnd: () => close('ended'),
        onResponseError: (_, error) => close({ error }),
      })
    }
  })
}
