/** Bytes; every body of the protocols and the fixtures is far smaller. */
const bodyLimit = 64 * 1024

/** @returns undefined for a body above the limit, of which no more is read */
export async function readBody(request: Request): Promise<string | undefined> {
  // Firefox hands out a request's body only as a whole.
  const { body = (await request.blob()).stream() } = request
  if (!body) return ''
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    size += value.byteLength
    if (size > bodyLimit) {
      await reader.cancel()
      return undefined
    }
    text += decoder.decode(value, { stream: true })
  }
}

/** Whether a body is of this type, whatever parameters (`; charset=utf-8`) follow. */
export function isOfType(request: Request, type: string): boolean {
  return request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() === type
}

/** The parameters of a form body. */
export function readForm(request: Request, body: string): URLSearchParams | undefined {
  return isOfType(request, 'application/x-www-form-urlencoded')
    ? new URLSearchParams(body)
    : undefined
}

/** The members of a JSON body that are text. */
export function readJson(body: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

/** The user name and password of an HTTP Basic header (RFC 7617), form-decoded as RFC 6749 §2.3.1 has it. */
export function readBasic(request: Request): { id: string; secret: string } | undefined {
  const encoded = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(
    request.headers.get('authorization') ?? '',
  )?.[1]
  if (encoded === undefined) return undefined
  try {
    const [id = '', ...rest] = atob(encoded).split(':')
    return { id: formDecode(id), secret: formDecode(rest.join(':')) }
  } catch {
    return undefined
  }
}

/** A name that comes more than once: OAuth allows that nowhere (RFC 6749 §3.1 and §3.2). */
export function findRepeated(params: URLSearchParams): string | undefined {
  const names = [...params.keys()]
  return names.find((name, position) => names.indexOf(name) !== position)
}

const formDecode = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '))
