import type { DanceEvents } from './types.ts'

type Handler<E extends keyof DanceEvents> = (payload: DanceEvents[E]) => void | Promise<void>

/** The listeners of a dance. */
export interface Events {
  on<E extends keyof DanceEvents>(event: E, handler: Handler<E>): () => void
  /** Tells everyone. A handler that fails harms nobody: its error goes to `window.onerror`. */
  emit<E extends keyof DanceEvents>(event: E, payload: DanceEvents[E]): void
  /** Asks everyone in turn, and rejects as soon as one does. */
  ask<E extends keyof DanceEvents>(event: E, payload: DanceEvents[E]): Promise<void>
  clear(): void
}

/** Runs foreign code whose failure is not ours. */
export function isolated(run: () => void | Promise<void>): void {
  try {
    Promise.resolve(run()).catch((error: unknown) => reportError(error))
  } catch (error) {
    reportError(error)
  }
}

export function createEvents(): Events {
  const handlers = new Map<string, Set<Handler<never>>>()
  const of = <E extends keyof DanceEvents>(event: E): Handler<E>[] =>
    [...(handlers.get(event) ?? [])] as unknown as Handler<E>[]
  return {
    on: (event, handler) => {
      const own: typeof handler = (payload) => handler(payload)
      const all = handlers.get(event) ?? new Set()
      handlers.set(event, all.add(own))
      return () => all.delete(own)
    },
    emit: (event, payload) => {
      for (const handler of of(event)) isolated(() => handler(payload))
    },
    ask: async (event, payload) => {
      for (const handler of of(event)) await handler(payload)
    },
    clear: () => handlers.clear(),
  }
}
