import { OAuthError } from '../errors.ts'
import { concat } from '../guards/body.ts'
import { withDeadline } from '../guards/deadline.ts'
import { userAgent } from '../guards/headers.ts'
import type { Transport, TransportAnswer } from '../types.ts'

/** A request to a provider, as data. */
export interface Question {
  readonly url: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** A provider's whole answer. */
export interface Answer {
  readonly status: number
  readonly headers: TransportAnswer['headers']
  readonly text: string
}

/** Milliseconds for the whole exchange, the body included. */
const deadline = 15_000
/** Bytes of an answer, decoded. */
const limit = 1_048_576
const utf8 = new TextDecoder()

/**
 * Asks a provider, and reads all it says.
 *
 * @throws OAuthError 503 where it can't be reached, is too slow or busy; 502 where it redirects or
 *   says too much. The reason names no secret.
 */
export async function ask(transport: Transport, question: Question): Promise<Answer> {
  const { host } = new URL(question.url)
  const controller = new AbortController()
  const asked = async (): Promise<Answer> => {
    const { url, method, headers, body } = question
    const response = await transport(url, {
      method,
      headers: { 'User-Agent': userAgent(), ...headers },
      ...(body !== undefined && { body }),
      redirect: 'manual',
      signal: controller.signal,
    })
    if (isRedirect(response)) {
      controller.abort()
      throw upstreamBroken(`${host} answered with a redirect`)
    }
    return {
      status: response.status,
      headers: response.headers,
      text: await readText(response, host),
    }
  }
  try {
    const answer = await withDeadline(asked(), deadline, () => {
      controller.abort()
      throw upstreamDown(`${host} took longer than ${deadline} ms`)
    })
    if (answer.status === 429 || answer.status >= 500) {
      const after = answer.headers.get('retry-after')
      throw upstreamDown(`${host} answered with status ${answer.status}`, after)
    }
    return answer
  } catch (error) {
    throw error instanceof OAuthError ? error : upstreamDown(`${host}: ${codeOf(error)}`)
  }
}

/** Whether an answer would lead elsewhere. 304 does not. */
export function isRedirect(response: TransportAnswer): boolean {
  return (
    response.type === 'opaqueredirect' ||
    (response.status >= 300 && response.status < 400 && response.status !== 304)
  )
}

/** 503: the same request may succeed later, and the page keeps what it has. */
export function upstreamDown(reason: string, retryAfter: string | null = null): OAuthError {
  const seconds = Number(retryAfter ?? 5)
  const wait = Number.isFinite(seconds) ? Math.min(Math.max(Math.ceil(seconds), 1), 3600) : 60
  return new OAuthError(
    503,
    'temporarily_unavailable',
    "The provider can't answer now. Try again later.",
    { reason, upstream: true, headers: { 'Retry-After': String(wait) } },
  )
}

/** 502: the provider, or the registration there, needs the operator. */
export function upstreamBroken(reason: string): OAuthError {
  return new OAuthError(
    502,
    'server_error',
    "The provider gave no usable answer. The exchange's log says why.",
    { reason, upstream: true, headers: { 'Retry-After': '30' } },
  )
}

async function readText({ body }: TransportAnswer, host: string): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body ?? []) {
    size += chunk.byteLength
    if (size > limit) throw upstreamBroken(`${host} answered with more than ${limit} bytes`)
    chunks.push(chunk)
  }
  return utf8.decode(concat(chunks))
}

/** What went wrong with a connection, by its code alone: messages may hold addresses and data. */
export function codeOf(error: unknown): string {
  const { code, name, cause } =
    error instanceof Error
      ? (error as Error & { code?: unknown })
      : { code: undefined, name: 'error', cause: undefined }
  if (typeof code === 'string') return code
  return cause instanceof Error ? codeOf(cause) : name
}
