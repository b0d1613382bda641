import type { ClientConfig, Config } from '../config.ts'

/** An answer of an authorization server, as it lay in the URL of a callback page. */
export interface Callback {
  readonly client: ClientConfig
  /** The query, as it was. */
  readonly query: string
  /** Whether the fragment holds what belongs into the query. */
  readonly misplaced: boolean
  /** The same URL without any of it. */
  readonly cleanUrl: string
}

const protocol = /[?#&](state|code|error|access_token|id_token|oauth_token|oauth_verifier)=/

/**
 * Whether this URL is an answer to a login: its path is exactly that of a client's redirect URI,
 * and it carries what only such an answer does. An app's own `?code=` elsewhere is none.
 */
export function recognise(config: Config, href: string): Callback | undefined {
  const url = new URL(href)
  const place = url.origin + url.pathname
  const client = [...config.clients.values()].find(({ redirectUri }) => redirectUri === place)
  if (!client) return undefined
  const inQuery = url.searchParams.has('state') || /[?&]access_token=/.test(url.search)
  // `#/route?state=1` is a route of the app; `#state=1` is not.
  const misplaced = !url.hash.startsWith('#/') && protocol.test(url.hash)
  if (!inQuery && !misplaced) return undefined
  // Facebook adds `#_=_`.
  const hash = misplaced || url.hash === '#_=_' ? '' : url.hash
  return { client, query: url.search, misplaced, cleanUrl: url.pathname + hash }
}
