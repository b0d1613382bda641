import type { ProviderApi } from '@spa-dance/providers'
import { apiUrl } from '@spa-dance/providers/protocol'
import { OAuthError, invalidRequest } from '../errors.ts'
import { relayPathProblem, relayQueryProblem } from '../guards/relay-path.ts'

/** Where a relayed call goes. */
export interface RelayTarget {
  readonly url: URL
  /** What a proof's `htu` has to name. */
  readonly htu: string
}

/**
 * Finds the API's URL for a request target.
 *
 * `/<name>/api/<path>` lies below `api.baseUrl`, `/<name>/api-<n>/<path>` below the n-th entry of
 * `api.alsoAllowed`, counted from 1; an entry that is a whole URL takes no path.
 *
 * @param target the raw request target
 * @param origin the exchange's own, which is no part of the target
 * @param prefix the path of this client, such as `/github`
 * @throws OAuthError 400 for a path that could be read in two ways, 404 for a base that is not declared
 */
export function relayTarget(
  api: ProviderApi,
  target: string,
  { origin, prefix }: { readonly origin: string; readonly prefix: string },
): RelayTarget {
  const [path = '', ...queries] = target.split('?')
  const query = queries.join('?')
  const rest = path.startsWith(`${prefix}/`) ? path.slice(prefix.length + 1) : ''
  const [found, number, below = ''] = /^api(?:-([1-9]\d?))?(?:\/(.*))?$/s.exec(rest) ?? []
  if (found === undefined) throw refused('it is not below this client')

  const problem = relayPathProblem(below) ?? relayQueryProblem(query)
  if (problem !== undefined) throw refused(problem)
  const base = number === undefined ? api.baseUrl : api.alsoAllowed?.[Number(number) - 1]
  if (base === undefined || (below !== '' && !base.endsWith('/'))) {
    throw new OAuthError(404, 'invalid_request', 'The provider declares no such API.')
  }
  const checked = apiUrl(api, base + below + (query && `?${query}`))
  if ('refused' in checked) throw refused(checked.refused)
  return { url: checked.url, htu: origin + path }
}

const refused = (why: string): OAuthError => invalidRequest(`This path is not relayed: ${why}.`)
