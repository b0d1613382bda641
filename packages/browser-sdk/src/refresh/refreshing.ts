import type { Context } from '../context.ts'
import { DanceError } from '../errors.ts'
import type { StoredSession } from '../storage/types.ts'
import { createBackOff, type BackOff } from './back-off.ts'

/** What is going on in this tab, by key of the session. */
interface Refreshing {
  readonly running: Map<string, Promise<StoredSession>>
  readonly backOff: BackOff
  /** Whether the listeners know that there are no locks. */
  lockless: boolean
}

const byContext = new WeakMap<Context, Refreshing>()

export function refreshingOf(context: Context): Refreshing {
  const found = byContext.get(context)
  if (found) return found
  const made: Refreshing = { running: new Map(), backOff: createBackOff(), lockless: false }
  byContext.set(context, made)
  // What failed may work now.
  addEventListener('online', () => made.backOff.clear(), { signal: context.destroyed })
  return made
}

/** How long to leave a session alone after failures, in ms. */
export function refreshWait(context: Context, key: string): number {
  return refreshingOf(context).backOff.wait(key)
}

/** Tells the listeners once that tabs can't take turns. */
export function tellLockless(context: Context): void {
  const state = refreshingOf(context)
  if (state.lockless) return
  state.lockless = true
  context.events.emit('error', {
    error: new DanceError(
      'unsupported-environment',
      'This browser has no Web Locks, so tabs refresh without waiting for each other, and a provider may end a session that two of them renew at once. Use a current browser.',
    ),
  })
}
