import { OAuthError } from '../errors.ts'
import { withDeadline } from '../guards/deadline.ts'
import { incomingHeaders } from '../guards/headers.ts'
import type { Reply } from '../reply.ts'
import type { Transport } from '../types.ts'
import { codeOf, isRedirect, upstreamBroken, upstreamDown } from '../upstream/ask.ts'

/** Milliseconds until an API has to have begun its answer, and between two parts of it. */
const headDeadline = 30_000
const idleDeadline = 30_000
const totalDeadline = 300_000
/** Bytes of an answer, decoded. */
const limit = 67_108_864
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
 * @throws OAuthError 502 or 503
 */
export async function send(
  transport: Transport,
  { url, method, headers, body }: Outgoing,
  gone: AbortSignal,
): Promise<Reply> {
  const controller = new AbortController()
  const abort = (): void => controller.abort()
  gone.addEventListener('abort', abort, { once: true })
  if (gone.aborted) abort()
  const total = setTimeout(abort, totalDeadline)
  const end = (): void => {
    clearTimeout(total)
    gone.removeEventListener('abort', abort)
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
      end()
      response.body?.cancel().catch(() => {})
      return reply
    }
    return { ...reply, body: bounded(response.body, { abort, end }) }
  } catch (error) {
    abort()
    end()
    throw error instanceof OAuthError ? error : upstreamDown(`${url.host}: ${codeOf(error)}`)
  }
}

/** The same bytes, counted and under a deadline. */
function bounded(
  body: ReadableStream<Uint8Array>,
  { abort, end }: { abort: () => void; end: () => void },
): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  let size = 0
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await withDeadline(reader.read(), idleDeadline, () => {
          throw new Error('The API fell silent.')
        })
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
    async cancel() {
      abort()
      end()
      await reader.cancel().catch(() => {})
    },
  })
}
