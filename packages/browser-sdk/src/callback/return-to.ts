const limit = 4096

/**
 * The path to come back to after a login, if it is one of this origin; else `home`.
 *
 * @param given what the app asked for: a path that begins with `/`, or a whole URL of this origin
 */
export function safeReturnTo(given: string, origin: string, home: string): string {
  // `\` and control characters are read as `/` or dropped by URL parsers.
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (given.length > limit || /[\\\u0000-\u001f]|%5c/i.test(given)) return home
  if (!given.startsWith('/') && !given.startsWith(`${origin}/`)) return home
  if (!URL.canParse(given, origin)) return home
  const url = new URL(given, origin)
  const path = url.pathname + url.search + url.hash
  return url.origin === origin && !path.startsWith('//') ? path : home
}
