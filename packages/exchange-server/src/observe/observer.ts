import type { Failure, Reply } from '../reply.ts'
import type { ExchangeEvent, FailureEvent, LogLevel, RequestLogEntry, RouteName } from './types.ts'

/** The hooks of `ExchangeOptions`. */
export interface Hooks {
  readonly log?: ((entry: RequestLogEntry) => void) | undefined
  readonly onEvent?: ((event: ExchangeEvent) => void) | undefined
}

/** One request, and how long it took. */
export interface Observed {
  readonly id: string
  readonly method: string
  readonly route: RouteName
  readonly client: string | undefined
  /** Milliseconds. */
  readonly ms: number
  readonly upstreamMs: number | undefined
}

/** Tells the operator's hooks what an answer means. */
export function observe({ log, onEvent }: Hooks, request: Observed, reply: Reply): void {
  if (!log && !onEvent) return
  const { id, method, route, client, ms, upstreamMs } = request
  const { status, done, failure } = reply
  if (done && client !== undefined) tell(onEvent, { ...done, id, client })

  const named = { ...(client !== undefined && { client }) }
  const why = failure && {
    error: failure.error,
    ...(failure.reason !== undefined && { reason: failure.reason }),
  }
  const type = failure && kindOf(failure, status)
  if (type && why) tell(onEvent, { type, id, route, ...named, ...why })

  const entry: RequestLogEntry = {
    level: levelOf(type),
    id,
    method,
    route,
    ...named,
    status,
    ms: tenths(ms),
    ...(upstreamMs !== undefined && { upstreamMs: tenths(upstreamMs) }),
    ...why,
  }
  tell(onEvent, { type: 'answered', ...entry })
  tell(log, entry)
}

const kindOf = ({ upstream }: Failure, status: number): FailureEvent['type'] =>
  upstream ? 'upstream-failed' : status >= 500 ? 'failed' : 'refused'

const levelOf = (type: FailureEvent['type'] | undefined): LogLevel =>
  type === undefined ? 'info' : type === 'refused' ? 'warn' : 'error'

const tenths = (ms: number): number => Math.round(ms * 10) / 10

/** A hook may throw or reject: the request has nothing to do with that. */
function tell<T>(hook: ((value: T) => unknown) | undefined, value: T): void {
  try {
    Promise.resolve(hook?.(value)).catch(() => {})
  } catch {
    // Nobody is left to tell.
  }
}
