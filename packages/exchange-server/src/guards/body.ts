import { OAuthError, invalidRequest } from '../errors.ts'
import { withDeadline } from './deadline.ts'
import { readParams, type ParamMap } from './params.ts'

const deadline = 10_000
const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads a request's body of at most `limit` bytes, in at most 10 seconds.
 *
 * @throws OAuthError 413 where it is larger, 408 where it comes too slowly, 400 where it breaks off
 */
export async function readBody(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const length = request.headers.get('content-length')
  if (length !== null && !(Number(length) <= limit)) throw tooLarge(limit)
  // A declared length is kept by every HTTP parser; without one the bytes have to be counted.
  const counted = length !== null && request.headers.get('transfer-encoding') === null
  const reading = counted
    ? request.arrayBuffer().then((buffer) => new Uint8Array(buffer))
    : readCounted(request, limit)
  try {
    return await withDeadline(reading, deadline, () => {
      throw new OAuthError(408, 'invalid_request', 'The body came too slowly.')
    })
  } catch (error) {
    throw error instanceof OAuthError ? error : invalidRequest('The body broke off.')
  }
}

/**
 * Reads a form.
 *
 * @throws OAuthError 415 for any other content type, and what `readBody` and `readParams` throw
 */
export async function readForm(request: Request, limit: number): Promise<ParamMap> {
  if (!isForm(request.headers.get('content-type'))) {
    throw new OAuthError(
      415,
      'invalid_request',
      'Send the parameters as application/x-www-form-urlencoded.',
    )
  }
  return readParams(decodeText(await readBody(request, limit)))
}

/** Whether a content type is that of a form, whatever its parameters. */
export function isForm(contentType: string | null): boolean {
  return /^application\/x-www-form-urlencoded\s*(;|$)/i.test(contentType ?? '')
}

/** @throws OAuthError `invalid_request` where the bytes are not UTF-8 */
export function decodeText(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    throw invalidRequest('The body is not UTF-8.')
  }
}

async function readCounted(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = request.body?.getReader()
  if (!reader) return new Uint8Array(0)
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.byteLength
    if (size > limit) {
      reader.cancel().catch(() => {})
      throw tooLarge(limit)
    }
    chunks.push(value)
  }
  return concat(chunks)
}

/** All of them as one. */
export function concat(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.byteLength, 0))
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.byteLength
  }
  return bytes
}

const tooLarge = (limit: number): OAuthError =>
  new OAuthError(413, 'invalid_request', `The body may hold ${limit} bytes at most.`)
