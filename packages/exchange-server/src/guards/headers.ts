/** What a caller's request may carry on to a provider's API, beside what the declaration names. */
const requestHeaders = [
  'accept',
  'accept-language',
  'content-type',
  'if-match',
  'if-none-match',
  'if-modified-since',
  'if-unmodified-since',
  'range',
]

/** What a provider's answer may carry back to the page. */
const responseHeaders = [
  'content-type',
  'content-language',
  'content-range',
  'accept-ranges',
  'etag',
  'last-modified',
  'link',
  'retry-after',
  'x-total-count',
  'ratelimit',
  'ratelimit-policy',
  'ratelimit-limit',
  'ratelimit-remaining',
  'ratelimit-reset',
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'x-ratelimit-reset',
  'x-rate-limit-limit',
  'x-rate-limit-remaining',
  'x-rate-limit-reset',
]

/** What the exchange calls itself: as a declaration says, or by its own name. */
export function userAgent(declared: Readonly<Record<string, string>> = {}): string {
  const name = Object.keys(declared).find((header) => header.toLowerCase() === 'user-agent')
  return (name && declared[name]) || 'spa-dance-exchange'
}

/** For `Access-Control-Expose-Headers`. */
export const exposedHeaders: string = [
  'DPoP-Nonce',
  'WWW-Authenticate',
  'Retry-After',
  'Dance-Upstream',
  'X-Request-Id',
  ...responseHeaders.filter((name) => name !== 'content-type' && name !== 'retry-after'),
].join(', ')

/** The names that a relayed request may carry, for a preflight. */
export function relayedHeaders(
  declared: Readonly<Record<string, string>> | undefined,
): readonly string[] {
  return [
    ...new Set([
      ...requestHeaders,
      ...Object.keys(declared ?? {}).map((name) => name.toLowerCase()),
    ]),
  ].filter((name) => name !== 'content-type' && name !== 'authorization')
}

/** The headers of an outgoing API request: the declared ones, then the caller's that are listed. */
export function outgoingHeaders(
  incoming: Headers,
  declared: Readonly<Record<string, string>> | undefined,
): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(declared ?? {})) headers[name.toLowerCase()] = value
  for (const name of [...requestHeaders, ...Object.keys(headers)]) {
    // The credential is the exchange's to add.
    if (name === 'authorization') continue
    const value = incoming.get(name)
    // Browsers accept anything unless they are told otherwise: that is nobody's choice.
    const isSaid = value !== '*/*' || headers[name] === undefined
    if (value !== null && isSaid) headers[name] = value
  }
  return headers
}

/**
 * The headers of a relayed answer. Nothing of the provider's can act on this origin: what is no
 * JSON is a download, and a page made of it is sandboxed.
 */
export function incomingHeaders(upstream: Pick<Headers, 'get'>): Record<string, string> {
  const headers: Record<string, string> = {
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Dance-Upstream': '1',
  }
  for (const name of responseHeaders) {
    const value = upstream.get(name)
    if (value !== null) headers[name] = value
  }
  if (!/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(headers['content-type'] ?? '')) {
    headers['Content-Disposition'] = 'attachment'
  }
  return headers
}

/** A request with its credential. Headers are plain objects on the way to a transport. */
export function withAuthorization(init: RequestInit, value: string): RequestInit {
  return { ...init, headers: { ...(init.headers as Record<string, string>), authorization: value } }
}
