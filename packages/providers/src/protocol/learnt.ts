import type { LearntOrigin } from '../learnt.ts'
import type { OAuth2Provider, ResolvedProvider } from '../types.ts'

/** What a provider has said of where a person's data lies. */
export interface Learnt {
  readonly tokenOrigin?: string
  readonly apiOrigin?: string
}

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

/**
 * The declaration as it is for one person: with what was learnt in the place of the origins that it
 * names itself. What it does not list (any more) is taken for never learnt.
 */
export function withLearnt(provider: OAuth2Provider, learnt: Learnt | undefined): OAuth2Provider
export function withLearnt(provider: ResolvedProvider, learnt: Learnt | undefined): ResolvedProvider
export function withLearnt(
  provider: ResolvedProvider,
  { tokenOrigin, apiOrigin }: Learnt = {},
): ResolvedProvider {
  if (provider.protocol !== 'oauth2' || !provider.learnt) return provider
  const { token, revocation, api, profile, learnt } = provider
  const places = (declared: string, may: LearntOrigin | undefined, said: string | undefined) => {
    const read = may && said !== undefined ? readOrigin(may, said) : undefined
    return read && 'origin' in read ? [[new URL(declared).origin, read.origin] as const] : []
  }
  const tokenPlace = places(token.url, learnt.tokenOrigin, tokenOrigin)
  const move = mover(tokenPlace)
  // Where both are declared at one origin, the API's is what counts for the API.
  const moveApi = mover([...tokenPlace, ...places(api.baseUrl, learnt.apiOrigin, apiOrigin)])
  return {
    ...provider,
    token: { ...token, url: move(token.url) },
    ...(revocation && { revocation: { ...revocation, url: move(revocation.url) } }),
    api: {
      ...api,
      baseUrl: moveApi(api.baseUrl),
      ...(api.alsoAllowed && { alsoAllowed: api.alsoAllowed.map(moveApi) }),
    },
    ...(profile && { profile: { ...profile, path: moveApi(profile.path) } }),
  }
}

/** By text, not by URL: a URL object would encode the braces of `{client_id}`. */
function mover(places: readonly (readonly [string, string])[]): (url: string) => string {
  const to = new Map(places)
  return (url) =>
    url.replace(/^https?:\/\/[^/?#]+/i, (place) => to.get(new URL(place).origin) ?? place)
}
