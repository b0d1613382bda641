import type { OAuth2Provider, OidcProvider } from '@spa-dance/providers'
import { discoveryUrl, resolveDiscovery } from '@spa-dance/providers/protocol'
import { DanceError } from '../errors.ts'
import { fetchText } from '../token/fetch-text.ts'

const discovered = new Map<string, Promise<OAuth2Provider>>()

/**
 * The declaration of an OpenID Provider with its endpoints, which it is asked for once.
 *
 * @throws DanceError as `resolveServer`
 */
export function discover(provider: OidcProvider, client: string): Promise<OAuth2Provider> {
  const key = JSON.stringify(provider)
  const found = discovered.get(key) ?? readMetadata(provider, client)
  discovered.set(key, found)
  // A failure is not for ever.
  found.catch(() => discovered.delete(key))
  return found
}

async function readMetadata(provider: OidcProvider, client: string): Promise<OAuth2Provider> {
  const url = discoveryUrl(provider.issuer)
  const { status, text } = await fetchText(url, { cache: 'default' }, { client })
  if (status !== 200) {
    throw new DanceError('provider-unavailable', `${url} answers with status ${status}.`, {
      client,
      status,
      retryable: true,
    })
  }
  let metadata: unknown
  try {
    metadata = JSON.parse(text)
  } catch (cause) {
    throw new DanceError('reply-unreadable', `${url} is not JSON.`, { client, cause })
  }
  try {
    return resolveDiscovery(provider, metadata)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.replace(/^\[dance\] /, '') : ''
    throw new DanceError('config-invalid', reason, { client, cause })
  }
}
