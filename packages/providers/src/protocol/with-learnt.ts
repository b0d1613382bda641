import type { LearntOrigin } from '../learnt.ts'
import type { OAuth2Provider, ResolvedProvider } from '../types.ts'
import { readOrigin } from './learnt.ts'

/** What a provider has said of where a person's data lies. */
export interface Learnt {
  readonly tokenOrigin?: string
  readonly apiOrigin?: string
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
