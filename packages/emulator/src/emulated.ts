import type { Provider } from '@spa-dance/providers'

/** The members of a declaration that are URLs. Scopes and parameters may look like URLs, and stay. */
const isUrlMember = /^(url|\w+Url|issuer|iss|alsoAllowed|within|path)$/
const isSentAsIs = /^(params|refreshParams|headers|claims)$/

/**
 * Points a declaration at the emulator by rewriting hosts, nothing else: paths, scopes, parameters
 * and functions stay. The host of the authorization URL (of the issuer, for `oidc`) becomes
 * `<id>.<host of url>`, every other host `h` becomes `<h with hyphens for dots>.<id>.<host of url>`.
 *
 * @param provider any declaration: a preset's or your own. It is not changed
 * @param url where the emulator is, such as `http://localhost:4180`
 * @throws TypeError where `url` is not http(s), or its host is an address and so can't have subdomains
 */
export function emulated<P extends Provider>(provider: P, url: string): P {
  const base = emulatorUrl(url)
  const home = `${provider.id}.${base.host}`
  const primary =
    provider.protocol === 'oidc' ? hostOf(provider.issuer) : hostOf(provider.authorization.url)

  // By text, not by URL: a URL object would encode the braces of `{client_id}`.
  const move = (text: string): string =>
    text.replace(/^https?:\/\/([^/?#]+)/, (origin, host: string) => {
      if (host === home || host.endsWith(`.${home}`)) return origin
      // All hosts of a provider are below its own here.
      if (host.startsWith('*.')) return `${base.protocol}//*.${home}`
      const label = host === primary ? '' : `${host.replace(/:\d+$/, '').replaceAll('.', '-')}.`
      return `${base.protocol}//${label}${home}`
    })

  const walk = (value: unknown, isUrl: boolean): unknown => {
    if (typeof value === 'string') return isUrl ? move(value) : value
    if (Array.isArray(value)) return value.map((entry) => walk(entry, isUrl))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [
        name,
        isSentAsIs.test(name) ? member : walk(member, isUrlMember.test(name)),
      ]),
    )
  }

  const moved = walk(provider, false) as P
  const profile = moved.protocol === 'oidc' ? undefined : moved.profile
  if (!profile) return moved
  return {
    ...moved,
    profile: {
      ...profile,
      read: (reply: unknown) => {
        const members = profile.read(reply)
        const { picture } = members
        return typeof picture === 'string' ? { ...members, picture: move(picture) } : members
      },
    },
  }
}

function emulatorUrl(url: string): URL {
  const base = URL.canParse(url) ? new URL(url) : undefined
  if (!base || !/^https?:$/.test(base.protocol)) {
    throw new TypeError(`[dance] ${JSON.stringify(url)} is no URL: give http://localhost:4180`)
  }
  if (/^[\d.]+$|^\[/.test(base.hostname)) {
    throw new TypeError(
      `[dance] The emulator needs a host with subdomains, not ${base.hostname}: ` +
        `give ${base.protocol}//localhost${base.port && `:${base.port}`}`,
    )
  }
  return base
}

const hostOf = (url: string): string => new URL(url).host
