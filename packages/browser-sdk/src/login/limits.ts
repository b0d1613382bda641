import type { ClientConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { DanceError } from '../errors.ts'
import { flowLifetime } from '../storage/flow-limits.ts'
import type { LoginOptions } from '../types.ts'

/**
 * Rejects `login-cancelled` once nobody waits for a login any more: by the app's `signal`, by the
 * end of the dance, or because the page is shown again from the back/forward cache.
 *
 * @param over aborted when the login has ended
 */
export function givenUp(
  { page, destroyed }: Context,
  client: ClientConfig,
  { signal }: LoginOptions,
  over: AbortSignal,
): Promise<never> {
  return new Promise((_resolve, reject) => {
    const listen = (to: AbortSignal, message: string): void => {
      const giveUp = (): void => reject(cancelled(client, message, to.reason))
      if (to.aborted) giveUp()
      else to.addEventListener('abort', giveUp, { signal: over })
    }
    if (signal) listen(signal, 'The app gave the login up.')
    listen(destroyed, 'The dance was destroyed.')
    const shownAgain = (): void =>
      reject(cancelled(client, 'The person came back without signing in.'))
    over.addEventListener('abort', page.onShownAgain(shownAgain))
  })
}

const waiting = new WeakMap<ClientConfig, () => void>()

/** Gives up the login of this client that waits for a popup, and rejects once another does that. */
export function replaced(client: ClientConfig): Promise<never> {
  waiting.get(client)?.()
  return new Promise((_resolve, reject) => {
    waiting.set(client, () => reject(cancelled(client, 'Another login has begun.')))
  })
}

/** Rejects `flow-expired` when no answer would be taken any more. @param over as in `givenUp` */
export function late(client: ClientConfig, over: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const timer = setTimeout(() => {
      const message = 'The login took more than ten minutes. Start it again.'
      reject(new DanceError('flow-expired', message, { client: client.name, retryable: true }))
    }, flowLifetime)
    over.addEventListener('abort', () => clearTimeout(timer))
  })
}

export const cancelled = (client: ClientConfig, message: string, cause?: unknown): DanceError =>
  new DanceError('login-cancelled', message, { client: client.name, cause })
