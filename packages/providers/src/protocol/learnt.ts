import type { LearntOrigin } from '../learnt.ts'

/** An origin that is listed, or why this one may not be used. Of what was said only the host is in it. */
export type ReadOrigin = { readonly origin: string } | { readonly refused: string }

/**
 * Reads an origin that a provider names: an origin and nothing more, among those that the declaration
 * lists. Scheme and port count.
 */
export function readOrigin({ from, within }: LearntOrigin, value: unknown): ReadOrigin {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined
  if (!url || url.href !== `${url.origin}/`) return { refused: `its ${from} is no origin` }
  const { origin, host } = url
  return within.some((listed) => covers(listed, origin))
    ? { origin }
    : {
        refused:
          `its ${from} names ${host.slice(0, 128)}, which learnt does not list: ` +
          "if that is the provider's own, add it to within",
      }
}

function covers(listed: string, origin: string): boolean {
  const [scheme = '', domain] = listed.split('*')
  if (domain === undefined) return listed === origin
  return origin.startsWith(scheme) && origin.endsWith(domain) && origin.length >= listed.length
}
