import type { OAuth2Provider } from '@spa-dance/providers'
import { discoveryUrl, resolveDiscovery } from '@spa-dance/providers/protocol'
import type { OAuth2ClientConfig } from '../config/types.ts'
import { providerHostProblems, type HostPolicy } from '../guards/provider-host.ts'
import { upstreamBroken } from './ask.ts'
import type { JsonCache } from './json-cache.ts'

/** Seconds. */
const maxAge = 3600

/**
 * The declaration of a client with all its endpoints: an `oidc` one is completed by discovery.
 *
 * @throws OAuthError where the document can't be had or can't be used
 */
export async function resolveProvider(
  { provider }: OAuth2ClientConfig,
  documents: JsonCache,
  hosts: HostPolicy,
): Promise<OAuth2Provider> {
  if (provider.protocol === 'oauth2') return provider
  const metadata = await documents.get(discoveryUrl(provider.issuer), maxAge)
  let resolved: OAuth2Provider
  try {
    resolved = resolveDiscovery(provider, metadata)
  } catch (error) {
    throw upstreamBroken(error instanceof Error ? error.message : 'discovery failed')
  }
  const [problem] = providerHostProblems(resolved, hosts)
  if (problem !== undefined) throw upstreamBroken(`discovery leads to a private host: ${problem}`)
  return resolved
}
