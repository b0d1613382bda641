import { OAuthError } from '../errors.ts'
import { concat } from '../guards/body.ts'
import { withDeadline } from '../guards/deadline.ts'
import { incomingHeaders } from '../guards/headers.ts'
import type { Reply } from '../reply.ts'
import type { Transport, TransportAnswer } from '../types.ts'
import { codeOf, isRedirect, upstreamBroken, upstreamDown } from '../upstream/ask.ts'

/** Milliseconds until an API has to have begun its answer, and between two parts of it. */
const headDeadline = 30_000
const idleDeadline = 30_000
const totalDeadline = 300_000
/** Bytes of an answer, decoded. */
const limit = 67_108_864
/** Bytes of an answer that is not streamed. */
const small = 65_536
const withoutBody = [204, 205, 304]

/** A request to an API, ready to go. */
export interface Outgoing {
  readonly url: URL
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array<ArrayBuffer> | undefined
}

/**
 * Sends an API request and streams the answer back. It ends upstream when the caller hangs up, when
 * the API falls silent, or when it says more than 64 MiB.
 *
 * @param gone aborts when the caller has hung up
 * @param onEnd called when it is over, the body included; perhaps more than once
 * @throws OAuthError 502 or 503
 */
export async function send(
  transport: Transport,
  { url, method, headers, body }: Outgoing,
  gone: AbortSignal,
  onEnd: () => void,
): Promise<Reply> {
  const controller = new AbortController()
  const abort = (): void => controller.abort()
  gone.addEventListener('abort', abort, { once: true })
  if (gone.aborted) abort()
  let total: ReturnType<typeof setTimeout> | undefined
  const end = (): void => {
    clearTimeout(total)
    gone.removeEventListener('abort', abort)
    onEnd()
  }
  try {
    const asked = transport(url.href, {
      method,
      headers,
      ...(body && { body }),
      redirect: 'manual',
      signal: controller.signal,
    })
    const response = await withDeadline(asked, headDeadline, () => {
      throw upstreamDown(`${url.host} took longer than ${headDeadline} ms to answer`)
    })
    const { status } = response
    if (isRedirect(response)) throw upstreamBroken(`${url.host} answered with a redirect`)
    if (status < 200 || status > 599)
      throw upstreamBroken(`${url.host} answered with status ${status}`)
    const reply = { status, headers: incomingHeaders(response.headers) }
    if (!response.body || method === 'HEAD' || withoutBody.includes(status)) {
      abort()
      end()
      return reply
    }
    if (isSmall(response.headers)) {
      const whole = await withDeadline(readWhole(response.body), idleDeadline, silent)
      end()
      return { ...reply, body: whole }
    }
    total = setTimeout(abort, totalDeadline)
    return { ...reply, body: streamed(response.body, { abort, end }) }
  } catch (error) {
    abort()
    end()
    throw error instanceof OAuthError ? error : upstreamDown(`${url.host}: ${codeOf(error)}`)
  }
}

/** Whether it says so itself: then it is passed on whole, which costs less than a stream. */
function isSmall(headers: TransportAnswer['headers']): boolean {
  const length = headers.get('content-length')
  return length !== null && Number(length) <= small && headers.get('content-encoding') === null
}

async function readWhole(body: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.byteLength
    if (size > small) throw new Error('The API said more than it announced.')
    chunks.push(chunk)
  }
  return concat(chunks)
}

/** The same bytes, counted and under a deadline. */
function streamed(
  body: AsyncIterable<Uint8Array>,
  { abort, end }: { abort: () => void; end: () => void },
): ReadableStream<Uint8Array> {
  const chunks = body[Symbol.asyncIterator]()
  let size = 0
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await withDeadline(chunks.next(), idleDeadline, silent)
        if (done) {
          end()
          controller.close()
          return
        }
        size += value.byteLength
        if (size > limit) throw new Error(`The API said more than ${limit} bytes.`)
        controller.enqueue(value)
      } catch {
        abort()
        end()
        // The head is sent already: breaking off is all that is left to say.
        controller.error(new Error('[dance-exchange] A relayed answer broke off.'))
      }
    },
    cancel() {
      abort()
      end()
    },
  })
}

function silent(): never {
  throw new DOMException('The API fell silent.', 'TimeoutError')
}
