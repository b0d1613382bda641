import { DanceError } from '../errors.ts'
import { networkError } from './network-error.ts'

/** An answer that was read to its end. */
export interface TextReply {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

const byteLimit = 1_000_000

/**
 * Fetches a text: without cookies, redirects or caches, within a time that covers the body.
 *
 * @param deadline in ms
 * @throws DanceError `network-failed` or `timeout`, both retryable, or `reply-unreadable`
 */
export async function fetchText(
  url: string,
  init: RequestInit,
  { client, deadline = 10_000 }: { client: string; deadline?: number },
): Promise<TextReply> {
  const { origin } = new URL(url)
  const timeout = AbortSignal.timeout(deadline)
  try {
    const response = await fetch(url, {
      redirect: 'error',
      cache: 'no-store',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      ...init,
      signal: timeout,
    })
    const text = await readText(response, origin, client)
    return { status: response.status, headers: response.headers, text }
  } catch (cause) {
    if (cause instanceof DanceError) throw cause
    if (timeout.aborted) {
      throw new DanceError('timeout', `${origin} did not answer in time. Try again.`, {
        client,
        retryable: true,
        cause,
      })
    }
    throw await networkError(url, client, cause)
  }
}

async function readText(response: Response, origin: string, client: string): Promise<string> {
  const decoder = new TextDecoder()
  const reader = response.body?.getReader()
  if (!reader) return ''
  let text = ''
  let bytes = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    bytes += value.byteLength
    if (bytes > byteLimit) {
      void reader.cancel()
      throw new DanceError('reply-unreadable', `${origin} answered far more than it should.`, {
        client,
      })
    }
    text += decoder.decode(value, { stream: true })
  }
  return text + decoder.decode()
}
