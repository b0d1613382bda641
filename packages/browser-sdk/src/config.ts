import type { OAuth1Provider, OAuth2Provider, OidcProvider, Route } from '@spa-dance/providers'
import { DanceError } from './errors.ts'
import type { DanceOptions } from './types.ts'

/** One client, checked and complete. */
export interface ClientConfig {
  readonly name: string
  readonly provider: OAuth2Provider | OidcProvider | OAuth1Provider
  readonly route: Route
  /** On the exchange route the app's name there. */
  readonly clientId: string
  /** The exchange's issuer for this client, on its route. */
  readonly issuer?: string
  readonly scopes: readonly string[]
  /** Whether the signature of ID tokens is checked here too. */
  readonly verifySignature?: boolean
  readonly redirectUri: string
  /** Which registration at which server this is: tokens of another are not ours. */
  readonly context: string
  /** Of its entries in the snapshot; the keys of its sessions begin with it. No secret. */
  readonly key: string
}

/** What `createDance` was given, checked and complete. */
export interface Config {
  readonly clients: ReadonlyMap<string, ClientConfig>
  /** Where to go if nothing says where. A path of this origin. */
  readonly home: string
  /** The name of the database and the channel. */
  readonly place: string
}

const pattern = '{client}'
/** https, or http on loopback; neither user, query nor fragment, nor a slash at the end. */
const exchangeUrl =
  /^(https:\/\/[^/?#@\\\s]+|http:\/\/(([\w-]+\.)*localhost|127(\.\d+){3}|\[::1\])(:\d+)?)(\/[^?#\\\s]*[^/?#\\\s])?$/i

/**
 * @param origin the page's, or undefined on a server
 * @throws DanceError `config-invalid` that lists everything wrong
 */
export function readConfig(options: DanceOptions, origin: string | undefined): Config {
  const problems: string[] = []
  const exchange =
    typeof options.exchange === 'string' ? { url: options.exchange } : options.exchange
  if (exchange && !exchangeUrl.test(exchange.url)) {
    problems.push('exchange must be an https URL without slash at its end (http only on loopback)')
  }
  const names = Object.keys(options.clients)
  const redirectUri = readRedirectUri(options.redirectUri, origin, names.length, problems)
  checkSecrets('the options', options, problems)

  // Encoded, so that no namespace is the beginning of another or of none.
  const { namespace } = options
  const apart = namespace === undefined ? '' : `${encodeURIComponent(namespace)}/`
  const clients = new Map<string, ClientConfig>()
  for (const [name, client] of Object.entries(options.clients)) {
    const { provider, clientId } = client
    const route = client.route ?? provider.route
    // The exchange knows its own defaults, which may be narrower than the declaration's.
    const declared = route === 'direct' && 'scopes' in provider ? provider.scopes : undefined
    const scopes = client.scopes ?? declared ?? []
    if (!/^[a-z0-9][a-z0-9-]*$/.test(name) || name === 'healthz' || name === 'readyz') {
      problems.push(`client "${name}": use lower-case letters, digits and hyphens`)
    }
    checkSecrets(`client "${name}"`, client, problems)
    if (route === 'exchange') {
      if (!exchange) {
        problems.push(`client "${name}" needs the exchange: give its URL as "exchange"`)
      }
    } else {
      if (!clientId) problems.push(`client "${name}" needs the clientId of your registration`)
      if (provider.protocol === 'oauth1') {
        problems.push(`client "${name}" speaks OAuth 1.0a: leave its route to the exchange`)
      } else if (provider.protocol === 'oauth2' && provider.pkce === false) {
        problems.push(`client "${name}" can't be direct: its provider has no PKCE`)
      }
    }
    const issuer = route === 'exchange' ? `${exchange?.url}/${name}` : undefined
    const id = (issuer === undefined ? clientId : (exchange?.app ?? 'spa')) ?? ''
    const server = issuer ?? (provider.protocol === 'oidc' ? provider.issuer : tokenUrl(provider))
    const context = `${apart}${server} ${id}`
    clients.set(name, {
      ...client,
      name,
      route,
      clientId: id,
      scopes,
      ...(issuer !== undefined && { issuer }),
      redirectUri: redirectUri.replace(pattern, name),
      context,
      key: `${name} ${context} `,
    })
  }
  if (problems.length > 0) {
    throw new DanceError(
      'config-invalid',
      `createDance can't work with these options:\n- ${problems.join('\n- ')}`,
    )
  }
  return { clients, home: homeOf(redirectUri), place: `spa-dance${apart && `:${apart}`}` }
}

/** The client of that name. @throws DanceError `unknown-client` that lists the known ones */
export function clientOf(config: Config, name: string): ClientConfig {
  const client = config.clients.get(name)
  if (client) return client
  throw new DanceError(
    'unknown-client',
    `There is no client "${name}". createDance was given: ${[...config.clients.keys()].join(', ')}.`,
  )
}

const tokenUrl = (provider: OAuth2Provider | OAuth1Provider): string =>
  provider.protocol === 'oauth2' ? provider.token.url : provider.accessToken.url

function checkSecrets(where: string, options: object, problems: string[]): void {
  for (const name of Object.keys(options)) {
    if (/secret|private_?key|password/i.test(name)) {
      problems.push(`${where}: "${name}" would be public in a page. Give it to the exchange`)
    }
  }
}

function readRedirectUri(
  given: string | undefined,
  origin: string | undefined,
  clients: number,
  problems: string[],
): string {
  if (origin === undefined) return ''
  const text = given ?? `/callback/${pattern}`
  // `{` would not outlive the parser, and no client is named so.
  const hole = '0client0'
  const whole = text.replace(pattern, hole)
  const url = URL.canParse(whole, origin) ? new URL(whole, origin) : undefined
  if (!url || url.origin !== origin || url.search !== '' || whole.includes('#')) {
    problems.push(`redirectUri must be a URL of ${origin} with neither query nor fragment`)
    return ''
  }
  if (clients > 1 && whole === text) {
    problems.push(`redirectUri must hold ${pattern}, so that each client has one of its own`)
  }
  return url.origin + url.pathname.replace(hole, pattern)
}

/** What lies above the callback pages: `/app/` for `/app/callback/{client}/`. */
function homeOf(redirectUri: string): string {
  if (redirectUri === '') return '/'
  const own = redirectUri.replace(/\/$/, '')
  return new URL(own.endsWith(`/${pattern}`) ? '..' : '.', own).pathname
}
