import { invalidRequest } from '../errors.ts'

/** Parameters by name. One that was sent empty counts as not sent (RFC 6749 §3.1). */
export type ParamMap = ReadonlyMap<string, string>

/**
 * Reads a query or a form.
 *
 * @throws OAuthError `invalid_request` where a name comes twice (RFC 6749 §3.1, §3.2) or the text
 *   can't be decoded
 */
export function readParams(text: string): ParamMap {
  if (/%(?![0-9a-f]{2})/i.test(text)) throw invalidRequest('The parameters are not form-encoded.')
  const params = new Map<string, string>()
  const names = new Set<string>()
  for (const [name, value] of new URLSearchParams(text)) {
    if (names.has(name)) throw invalidRequest('A parameter was sent twice.')
    names.add(name)
    if (value.includes('\ufffd')) throw invalidRequest('A parameter is not UTF-8.')
    if (value !== '') params.set(name, value)
  }
  return params
}

/** The query of a request target, without its `?`. */
export function queryOf(url: string): string {
  const [, query = ''] = /\?([^#]*)/.exec(url) ?? []
  return query
}
