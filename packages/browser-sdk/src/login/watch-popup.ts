import type { ClientConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { cancelled } from './limits.ts'

/** What can be known of a popup from outside. */
export interface PopupWatch {
  /** Rejects `login-cancelled` if the person has closed it. */
  readonly closed: Promise<never>
  /** It has shown that it lives, and will say how it ended. */
  trust(): void
}

/**
 * Looks whether the person has closed the popup and is back at this page. That it reads as closed
 * says little: a Cross-Origin-Opener-Policy makes it so as soon as the popup is at the provider. So
 * it counts only if the popup has been seen there before. Else the state alone goes back, so that
 * the person can try again, and the login goes on.
 *
 * @param over aborted when the login has ended
 */
export function watchPopup(
  { sessions }: Context,
  client: ClientConfig,
  popup: Window,
  over: AbortSignal,
): PopupWatch {
  let isBack = false
  let wasSeen = false
  let isTrusted = false
  const closed = new Promise<never>((_resolve, reject) => {
    const look = (): void => {
      if (!popup.closed) {
        wasSeen ||= isElsewhere(popup)
      } else if (isBack && !isTrusted) {
        if (wasSeen) reject(cancelled(client, 'The person closed the popup.'))
        else sessions.setPassing(client.name, { signingIn: false })
      }
    }
    const timer = setInterval(look, 250)
    over.addEventListener('abort', () => clearInterval(timer))
    const come = (): void => {
      isBack = true
    }
    for (const event of ['focus', 'pointerdown', 'keydown']) {
      addEventListener(event, come, { signal: over })
    }
    addEventListener('blur', () => (isBack = false), { signal: over })
  })
  return {
    closed,
    trust: () => {
      isTrusted = true
      sessions.setPassing(client.name, { signingIn: true })
    },
  }
}

/** Whether it shows a page of another site, which is read off its refusal to say which. */
function isElsewhere(popup: Window): boolean {
  try {
    return popup.location.href === ''
  } catch {
    return true
  }
}
