import type { ClientConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { DanceError } from '../errors.ts'
import { load } from '../lazy.ts'
import type { LoginOptions } from '../types.ts'
import { assertCanDance } from './can-dance.ts'
import { leaveToLogIn } from './leave.ts'

/**
 * Signs in, in the popup that was opened for it, or by leaving the page.
 *
 * @param popup null where the browser allowed none, undefined where none was asked for
 * @returns whose session it is now; undefined where nothing says so
 * @throws DanceError `popup-blocked` where that is not to end in leaving the page, or as
 *   `leaveToLogIn` and `logInByPopup`
 */
export async function logIn(
  context: Context,
  client: ClientConfig,
  options: LoginOptions,
  popup: Window | null | undefined,
): Promise<string | undefined> {
  assertCanDance(context.page, client.name)
  if (popup) {
    const { logInByPopup } = await load(() => import('../parts/popup.ts'))
    return logInByPopup(context, client, options, popup)
  }
  if (popup === null && options.popupBlocked === 'reject') {
    throw new DanceError(
      'popup-blocked',
      'The browser allows no popup here. Call login right from a click, with nothing awaited before.',
      { client: client.name, retryable: true },
    )
  }
  return leaveToLogIn(context, client, options)
}
