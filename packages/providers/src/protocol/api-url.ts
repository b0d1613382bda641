import type { ProviderApi } from '../types.ts'

/** A URL that the token may be sent to, or why it may not. */
export type ApiUrl = { readonly url: URL } | { readonly refused: string }

/**
 * Resolves what a caller gave against a provider's API, and refuses all that lies outside it.
 *
 * `/user` and `user` both lie below `baseUrl`, also where that has a path of its own. A whole URL
 * must be below one of the API's prefixes.
 */
export function apiUrl(api: ProviderApi, input: string | URL): ApiUrl {
  const text = String(input)
  const allowed = [api.baseUrl, ...(api.alsoAllowed ?? [])]
  // `\` and control characters are read as `/` or dropped by URL parsers: `/\evil.example`.
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\\\u0000-\u0020\u007f]/.test(text))
    return { refused: 'it holds a character no URL may hold' }
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(text)
  if (!whole && text.startsWith('//')) return { refused: 'it names a host without a scheme' }
  const joined = whole ? text : api.baseUrl + text.replace(/^\//, '')
  if (!URL.canParse(joined)) return { refused: 'it is no URL' }
  const url = new URL(joined)
  url.hash = ''
  if (/(^|\/)(\.|%2e){1,2}(\/|$)/i.test(joined.replace(/[?#].*/, ''))) {
    return { refused: 'it climbs by dot segments' }
  }
  if (url.username !== '' || url.password !== '') return { refused: 'it holds a user name' }
  return allowed.some((prefix) => covers(new URL(prefix), url))
    ? { url }
    : { refused: `only ${allowed.join(', ')} may be sent this token` }
}

function covers(prefix: URL, url: URL): boolean {
  if (prefix.origin !== url.origin) return false
  return prefix.pathname.endsWith('/')
    ? url.pathname.startsWith(prefix.pathname)
    : url.pathname === prefix.pathname
}
