import type { Flow } from './types.ts'

/** How long a login may take, in ms. */
export const flowLifetime = 600_000
/** How many logins may be under way. */
export const flowLimit = 32

type Dated = Pick<Flow, 'state' | 'created'>

/** Whether a flow is too old, or of a clock that has been set back since. */
export function isStale({ created }: Pick<Flow, 'created'>, now: number): boolean {
  return now - created > flowLifetime || created - now > flowLifetime
}

/** The states of those to drop before one more is kept: the stale ones, and the oldest. */
export function surplusFlows(flows: readonly Dated[], now: number): string[] {
  const stale = flows.filter((flow) => isStale(flow, now))
  const fresh = flows
    .filter((flow) => !isStale(flow, now))
    .toSorted((a, b) => b.created - a.created)
  return [...stale, ...fresh.slice(flowLimit - 1)].map(({ state }) => state)
}
