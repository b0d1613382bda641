/**
 * Why a path below the relay may not be sent on, if it may not.
 *
 * It is the raw text of the request target, not decoded, without its query. It is refused rather
 * than repaired: what two URL parsers read differently has no place in a request with a token.
 */
export function relayPathProblem(path: string): string | undefined {
  if (!/^[\x21-\x7e]*$/.test(path)) return 'it holds a character no URL may hold'
  if (/[\\#?<>"`]/.test(path)) return 'it holds a character no path may hold'
  if (/%(?![0-9a-f]{2})/i.test(path)) return 'its percent-encoding is broken'
  if (/%(2f|5c|2e|[01][0-9a-f]|7f)/i.test(path)) return 'it encodes "/", "\\", "." or a control'
  if (path.startsWith('/') || path.includes('//')) return 'it has an empty segment'
  // `..;/` is a parent directory to some servers.
  if (/(^|\/)\.{1,2}(;[^/]*)?(\/|$)/.test(path)) return 'it climbs by dot segments'
  if (/^([a-z][a-z0-9+.-]*:|@)/i.test(path)) return 'it starts as a URL of its own would'
  return undefined
}

/** Why a query may not be sent on, if it may not. */
export function relayQueryProblem(query: string): string | undefined {
  if (!/^[\x21-\x7e]*$/.test(query)) return 'it holds a character no URL may hold'
  if (/[#\\<>"]/.test(query)) return 'it holds a character no query may hold'
  if (/%(?![0-9a-f]{2})/i.test(query)) return 'its percent-encoding is broken'
  return undefined
}
