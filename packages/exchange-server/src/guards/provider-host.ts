import type { Provider } from '@spa-dance/providers'

/** Which hosts may be asked beside public ones. */
export interface HostPolicy {
  /** Hosts of one's own network, by name. */
  readonly allowPrivate: ReadonlySet<string>
  /** Whether this machine may be asked: where the exchange itself is for this machine alone. */
  readonly loopback: boolean
}

/**
 * Why the exchange may not ask the host of a URL, if it may not. By the name alone: what a public
 * name resolves to is the transport's to check, when it connects.
 */
export function hostProblem(
  { hostname }: Pick<URL, 'hostname'>,
  { allowPrivate, loopback }: HostPolicy,
): string | undefined {
  const name = hostname.replace(/\.$/, '')
  if (allowPrivate.has(name)) return undefined
  if (isLoopback(name)) return loopback ? undefined : `${name} is this machine`
  // The URL parser has turned `2130706433` and `0x7f.1` into addresses of four numbers by now.
  if (/^\[|^\d+(\.\d+){3}$/.test(name)) return `${name} is an address, not a name`
  // RFC 6762, RFC 8375, and the name that ICANN reserved for private use in 2024.
  return /^[^.]+$|\.(local|internal|home\.arpa)$/.test(name)
    ? `${name} is a name of a private network`
    : undefined
}

/** RFC 6761 §6.3: `localhost` and all below it; and the addresses that mean the same. */
export const isLoopback = (name: string): boolean =>
  /(^|\.)localhost$|^127(\.\d+){3}$|^\[::1\]$/.test(name)

/** Everything wrong with the hosts that the exchange would ask for a provider, each with its fix. */
export function providerHostProblems(provider: Provider, policy: HostPolicy): string[] {
  const problems = askedUrls(provider).flatMap((url) => {
    const problem = URL.canParse(url) ? hostProblem(new URL(url), policy) : undefined
    return problem === undefined ? [] : [`${problem}: if it is yours, name it in allowPrivate`]
  })
  return [...new Set(problems)]
}

/** The URLs that the exchange itself asks; where people are sent is their browser's affair. */
function askedUrls(provider: Provider): string[] {
  const { api } = provider
  const own =
    provider.protocol === 'oauth1'
      ? [provider.requestToken.url, provider.accessToken.url, provider.revocation?.url]
      : provider.protocol === 'oidc'
        ? [provider.issuer]
        : [
            provider.token.url,
            provider.openid?.jwksUrl,
            provider.revocation?.url,
            ...(provider.learnt?.tokenOrigin?.within ?? []),
            ...(provider.learnt?.apiOrigin?.within ?? []),
          ]
  return [...own, api?.baseUrl, ...(api?.alsoAllowed ?? [])].filter((url) => url !== undefined)
}
