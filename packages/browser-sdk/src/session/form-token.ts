import { DanceError } from '../errors.ts'
import type { Outgoing } from './outgoing.ts'

/**
 * A request that carries its token as a parameter of a form (RFC 6750 §2.2): a POST, whatever read
 * was meant, and one that no redirect takes along.
 *
 * @param name the parameter
 * @throws DanceError `url-not-allowed` for a method or a body that can not carry a token
 */
export async function withFormToken(
  { init, method }: Outgoing,
  { name, token, client }: { name: string; token: string; client: string },
): Promise<RequestInit> {
  const headers = new Headers(init.headers)
  const refuse = (what: string): DanceError =>
    new DanceError(
      'url-not-allowed',
      `This API takes the token of a page in a form only, and this is ${what}: send a GET, or a POST with URLSearchParams or FormData.`,
      { client },
    )
  if (!['GET', 'HEAD', 'POST'].includes(method)) throw refuse(`a ${method}`)
  const form = await readForm(init.body, headers).catch(() => undefined)
  if (!form) throw refuse('another body')
  form.set(name, token)
  // The browser names the type, and the boundary with it.
  headers.delete('Content-Type')
  headers.delete('Authorization')
  const fields = [...form].filter(
    (field): field is [string, string] => typeof field[1] === 'string',
  )
  const body = fields.length === [...form].length ? new URLSearchParams(fields) : form
  return { ...init, method: 'POST', headers, body, redirect: 'error' }
}

/** @throws TypeError for what is no form */
async function readForm(body: RequestInit['body'], headers: Headers): Promise<FormData> {
  const form = new FormData()
  if (body === null || body === undefined) return form
  // WebKit can't read back a form with a file in it.
  if (body instanceof FormData) {
    for (const [name, value] of body) form.append(name, value)
    return form
  }
  const type = headers.get('Content-Type')
  return new Response(body, type === null ? {} : { headers: { 'Content-Type': type } }).formData()
}
