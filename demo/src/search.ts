import { routes, type Partner } from './partners.ts'

/** What is looked for. Empty means everything. */
export interface Search {
  readonly text: string
  readonly route: string
}

/** From the URL: so a filter outlives a dance, a reload and a link. */
export function readSearch(): Search {
  const query = new URLSearchParams(location.search)
  const route = query.get('route') ?? ''
  return { text: query.get('q') ?? '', route: routes.some((one) => one === route) ? route : '' }
}

/** To the URL, which stays as it was where nothing is looked for. */
export function writeSearch({ text, route }: Search): void {
  const query = new URLSearchParams({ ...(text && { q: text }), ...(route && { route }) })
  const path = query.size > 0 ? `?${query}` : location.pathname
  history.replaceState(history.state, '', path)
}

/** Whether a provider is one of those looked for. */
export function matches(partner: Partner, { text, route }: Search): boolean {
  const words = text.trim().toLowerCase()
  const told = `${partner.name} ${partner.client}`.toLowerCase()
  return (route === '' || partner.route === route) && told.includes(words)
}
