import type { ResolvedProvider } from '../types.ts'
import { isSafeUrl } from './safe-url.ts'

/**
 * Whether a page can use a declaration without `checkProvider`, which is three times as large for the sake
 * of its messages: it has none of the rarer members that can go wrong, and all its URLs are safe. What
 * this passes over, a check would complain of for its looks only.
 */
export function isPlain(provider: ResolvedProvider): boolean {
  const { api, authorization } = provider
  const places = [api.baseUrl, ...(api.alsoAllowed ?? [])]
  const urls: (string | undefined)[] = [...places, authorization.url]
  if (provider.protocol === 'oauth2') {
    const { token, revocation, openid, route, pkce, learnt } = provider
    if (learnt || token.clientAuth === 'private_key_jwt') return false
    if (revocation?.bearer && revocation.takes !== 'access_token') return false
    if (route === 'direct' && (pkce === false || provider.authorization.formPost)) return false
    urls.push(token.url, revocation?.url.replace('{client_id}', 'id'))
    urls.push(openid?.issuer, openid?.jwksUrl, openid?.endSessionUrl)
  }
  return (
    api.baseUrl.endsWith('/') &&
    !places.some((place) => /[?#]/.test(place)) &&
    urls.every((url) => url === undefined || isSafeUrl(url))
  )
}
