/**
 * The signature base string, written from RFC 5849 §3.4.1 alone: nothing of it is shared with the
 * code under test.
 */
export function oracleBaseString(
  method: string,
  address: string,
  oauth: readonly (readonly [string, string])[],
  body = '',
): string {
  const [, scheme = '', authority = '', path = '', query = ''] =
    /^(https?):\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?/i.exec(address) ?? []
  const lower = scheme.toLowerCase()
  const host = authority.toLowerCase().replace(lower === 'https' ? /:443$/ : /:80$/, '')
  const base = `${lower}://${host}${path === '' ? '/' : path}`

  const encoded = [...form(query), ...form(body), ...oauth]
    .map(([name, value]) => [escape3986(name), escape3986(value)] as const)
    .toSorted(([a, x], [b, y]) => (a === b ? compare(x, y) : compare(a, b)))
  const parameters = encoded.map(([name, value]) => `${name}=${value}`).join('&')
  return [method.toUpperCase(), base, parameters].map(escape3986).join('&')
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const form = (text: string): (readonly [string, string])[] =>
  text === '' ? [] : [...new URLSearchParams(text)]

function escape3986(text: string): string {
  let out = ''
  for (const byte of new TextEncoder().encode(text)) {
    const char = String.fromCharCode(byte)
    out += /[A-Za-z0-9._~-]/.test(char)
      ? char
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }
  return out
}
