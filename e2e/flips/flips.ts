import type { Provider } from '@spa-dance/providers'

/** A declaration that is wrong in one datum. */
export interface Flip {
  /** Such as `token.clientAuth: body -> basic`. */
  readonly name: string
  readonly provider: Provider
}

type Path = readonly string[]

/** What a member may say, its default first: those that say something by being absent, too. */
const choices: Readonly<Record<string, readonly unknown[]>> = {
  route: ['direct', 'exchange'],
  pkce: [undefined, false],
  'token.clientAuth': ['body', 'basic', 'none'],
  'token.encoding': ['form', 'json'],
  'token.refreshRedirectUri': [undefined, true],
  'token.repeatsScopes': [undefined, true],
  'scopeSeparator.request': [' ', ','],
  'scopeSeparator.reply': [' ', ','],
  'api.cors': [true, false],
  'profile.method': ['GET', 'POST'],
  'revocation.ends': ['token', 'grant', 'user'],
  'revocation.takes': [undefined, 'access_token', 'refresh_token'],
  'revocation.parameter': ['token', 'access_token'],
  'revocation.method': ['POST', 'DELETE'],
  'revocation.encoding': ['form', 'json'],
  'revocation.clientAuth': ['body', 'basic', 'none'],
  signature: ['HMAC-SHA1', 'RSA-SHA1'],
}

/** What is for people, or decides what there is to flip. */
const kept = /^(id|name|protocol)$/

/**
 * Every way to be wrong in one datum, from the data itself.
 *
 * @param members what can be read of a person there
 */
export function flipsOf(provider: Provider, members: readonly string[]): readonly Flip[] {
  const chosen = Object.entries(choices).flatMap(([name, values]) => {
    const path = name.split('.')
    if (path.length > 1 && path[0] !== 'scopeSeparator' && !at(provider, path.slice(0, -1)))
      return []
    const present = at(provider, path) ?? defaultOf(provider, name) ?? values[0]
    return values
      .filter((value) => value !== present)
      .map((value) => flip(provider, path, value, `${text(present)} -> ${text(value)}`))
  })
  const all = [...chosen, ...readers(provider, members), ...leaves(provider, provider, [])]
  return all.filter(({ name }) => isSaid(provider, name))
}

const defaultOf = (provider: Provider, name: string): unknown =>
  name === 'revocation.clientAuth' ? at(provider, ['token', 'clientAuth']) : undefined

/** Whether a datum says anything: not for another protocol, nor of a secret that a page hasn't. */
function isSaid(provider: Provider, name: string): boolean {
  const { protocol, route } = provider
  const isBearer = at(provider, ['revocation', 'bearer']) === true
  if (isBearer && /^revocation\.(parameter|encoding|client)/.test(name)) return false
  // What is sent as JSON is a POST.
  if (name.startsWith('profile.method') && at(provider, ['profile', 'json'])) return false
  return protocol === 'oauth1'
    ? !/^(route|pkce|token|scopeSep|revocation\.(?!ends|url))/.test(name)
    : !/^signature\b/.test(name) && !(route === 'direct' && /clientAuth|^pkce/.test(name))
}

function leaves(provider: Provider, value: unknown, path: Path): readonly Flip[] {
  const name = path.join('.')
  if (value === undefined || kept.test(name) || name in choices) return []
  if (Array.isArray(value)) {
    return value.map((item) =>
      flip(
        provider,
        path,
        value.filter((other) => other !== item),
        `without ${text(item)}`,
      ),
    )
  }
  if (name === 'profile.read') return []
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, member]) =>
      leaves(provider, member, [...path, key]),
    )
  }
  if (typeof value === 'string' && (name === 'profile.path' || /^https?:/.test(value))) {
    return [flip(provider, path, elsewhere(value), 'elsewhere')]
  }
  return [flip(provider, path, undefined, 'absent')]
}

/** The same host with another path. */
const elsewhere = (url: string): string =>
  url.replace(
    /^(https?:\/\/[^/?#]+)?([^?#]*?)(\/?)([?#].*)?$/,
    (_, origin = '', path = '', slash = '', rest = '') => `${origin}${path}/-else${slash}${rest}`,
  )

function readers(provider: Provider, members: readonly string[]): readonly Flip[] {
  if (provider.protocol === 'oidc' || !provider.profile) return []
  const { read } = provider.profile
  return members.map((member) =>
    flip(
      provider,
      ['profile', 'read'],
      (reply: unknown) => ({ ...read(reply), [member]: undefined }),
      `no ${member}`,
    ),
  )
}

const at = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value)

const flip = (provider: Provider, path: Path, value: unknown, what: string): Flip => ({
  name: `${path.join('.')}: ${what}`,
  provider: put(provider, path, value) as Provider,
})

/** A copy with another value at a path. `undefined` takes the member away. */
function put(whole: unknown, [key = '', ...rest]: Path, value: unknown): unknown {
  const copy: Record<string, unknown> = { ...(whole as object) }
  const next = rest.length === 0 ? value : put(copy[key], rest, value)
  if (next === undefined) delete copy[key]
  else copy[key] = next
  return copy
}

const text = (value: unknown): string =>
  ({ undefined: 'absent', ' ': 'space', ',': 'comma' })[String(value)] ?? String(value)
