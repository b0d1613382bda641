import type { ProviderApi } from '@spa-dance/providers'
import { apiUrl } from '@spa-dance/providers/protocol'
import type { ClientConfig } from '../config.ts'
import { DanceError } from '../errors.ts'

/**
 * Where a request goes that a caller addressed to the provider's API: there, or to the exchange's
 * relay for it, where the first of `alsoAllowed` is `/api-1/`.
 *
 * @param relayed whether the token is the exchange's own, so that only the exchange can use it
 * @throws DanceError `url-not-allowed`: the token may not be sent there
 */
export function targetOf(
  client: ClientConfig,
  api: ProviderApi,
  input: string | URL,
  relayed: boolean,
): string {
  const result = apiUrl(api, input)
  if ('refused' in result) {
    throw new DanceError(
      'url-not-allowed',
      `The token is not sent to this URL: ${result.refused}.`,
      { client: client.name },
    )
  }
  const { href } = result.url
  if (!relayed) return href
  const { issuer } = client
  if (href.startsWith(api.baseUrl)) return `${issuer}/api/${href.slice(api.baseUrl.length)}`
  const place = (api.alsoAllowed ?? []).findIndex((prefix) => href.startsWith(prefix))
  const rest = href.slice(api.alsoAllowed?.[place]?.length)
  return `${issuer}/api-${place + 1}/${rest}`
}
