/** Decoded name and value, in the order they came. */
export type Pair = readonly [name: string, value: string]

/**
 * Decodes a query or a form body (RFC 5849 §3.4.1.3.1): `+` is a space in both, and `c2` without
 * `=` has an empty value.
 *
 * @returns undefined where it can't be decoded
 */
export function parsePairs(text: string): Pair[] | undefined {
  try {
    return text
      .split('&')
      .filter((part) => part !== '')
      .map((part) => {
        const at = part.indexOf('=')
        return at < 0
          ? ([decode(part), ''] as const)
          : ([decode(part.slice(0, at)), decode(part.slice(at + 1))] as const)
      })
  } catch {
    return undefined
  }
}

const decode = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '))

/** RFC 3986 percent-encoding with only the unreserved characters left (RFC 5849 §3.6). */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!*'()]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** Why a caller's parameters can't be part of a signed request, if they can't. */
export function unsignable(pairs: readonly Pair[]): string | undefined {
  const names = pairs.map(([name]) => name.toLowerCase())
  // RFC 5849 §3.1: the protocol's own come once, and from us.
  if (names.some((name) => name.startsWith('oauth_'))) {
    return 'Parameters that begin with oauth_ are set by the signature alone.'
  }
  return names.includes('__proto__') ? "A parameter named __proto__ can't be signed." : undefined
}
