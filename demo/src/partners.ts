import { providers, type Name, type Row } from './providers.ts'

/** Who takes part in a dance, beside the page and the provider. */
export const routes = ['direct', 'exchange', 'exchange + relay'] as const

export type PartnerRoute = (typeof routes)[number]

/** A provider as the page tells of it. */
export interface Partner extends Pick<Row, 'why' | 'call' | 'more'> {
  readonly client: Name
  readonly name: string
  readonly route: PartnerRoute
  /** Whether the provider's own tokens end, so that a renewal can be provoked. */
  readonly tokensEnd: boolean
}

export function partnerOf(client: Name): Partner {
  const { provider, ...row } = providers[client]
  const { name, route, api, protocol } = provider
  return {
    ...row,
    client,
    name,
    // Who has no API, such as Apple, has nothing to relay.
    route: row.call && api?.cors === false ? 'exchange + relay' : route,
    tokensEnd: protocol !== 'oauth1',
  }
}
