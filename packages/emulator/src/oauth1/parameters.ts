import type { Call } from '../counterpart.ts'
import type { Pair } from './signature.ts'

/** The parameters of a request: the protocol's own by name, and all that the signature covers. */
export interface Parameters {
  readonly protocol: ReadonlyMap<string, string>
  readonly signed: readonly Pair[]
}

/** They may come apart from the others: X's own examples send them as request parameters. */
const maybeElsewhere = new Set(['oauth_callback', 'oauth_verifier'])

/**
 * Collects the parameters (RFC 5849 §3.4.1.3.1).
 *
 * @returns undefined for a header that can't be read, a protocol parameter that comes twice (§3.1),
 *   or protocol parameters in more than one place (§3.5)
 */
export function collectParameters({ request, url, form }: Call): Parameters | undefined {
  const header = readHeader(request.headers.get('authorization'))
  if (!header) return undefined
  const places: readonly (readonly Pair[])[] = [header, [...(form ?? [])], [...url.searchParams]]
  const isProtocol = ([name]: Pair): boolean => name.startsWith('oauth_')

  const protocol = new Map<string, string>()
  for (const [name, value] of places.flat().filter(isProtocol)) {
    if (protocol.has(name)) return undefined
    protocol.set(name, value)
  }
  const used = places.filter((place) =>
    place.some((pair) => isProtocol(pair) && !maybeElsewhere.has(pair[0])),
  )
  if (used.length > 1) return undefined
  return { protocol, signed: places.flat().filter(([name]) => name !== 'oauth_signature') }
}

/** RFC 5849 §3.5.1. No header, or one of another scheme, has no parameters. `realm` is not signed. */
function readHeader(header: string | null): Pair[] | undefined {
  const list = /^OAuth\s+(.*)$/is.exec(header ?? '')?.[1]
  if (list === undefined) return []
  const pairs: Pair[] = []
  for (const part of list.split(',')) {
    const [, name, value] = /^\s*([^\s="]+)="([^"]*)"\s*$/.exec(part) ?? []
    if (name === undefined || value === undefined) return undefined
    try {
      if (name !== 'realm') pairs.push([decodeURIComponent(name), decodeURIComponent(value)])
    } catch {
      return undefined
    }
  }
  return pairs
}
