import type { ClientName } from '@spa-dance/react'

/** A provider as the page tells of it. */
export interface Partner {
  readonly client: ClientName
  readonly name: string
  readonly route: 'direct' | 'exchange' | 'exchange + relay'
  readonly why: string
  /** An API call to begin with. */
  readonly path: string
}

export const partners: readonly Partner[] = [
  {
    client: 'github',
    name: 'GitHub',
    route: 'exchange',
    why: 'GitHub wants a secret for its tokens, so the exchange fetches them. API calls go straight from the page.',
    path: '/user',
  },
  {
    client: 'twitter',
    name: 'Twitter',
    route: 'exchange + relay',
    why: 'OAuth 1.0a signs every request with a secret, so the exchange signs API calls too, and passes them on.',
    path: '/users/me',
  },
  {
    client: 'discord',
    name: 'Discord',
    route: 'direct',
    why: 'Discord lets a page do the whole dance by itself: PKCE, no secret, and no server in between.',
    path: '/users/@me',
  },
]
