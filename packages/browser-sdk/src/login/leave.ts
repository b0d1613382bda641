import type { ClientConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { DanceError } from '../errors.ts'
import type { LoginOptions } from '../types.ts'
import { assertCanDance } from './can-dance.ts'
import { beginLogin } from './login.ts'

/**
 * Leaves the page to sign in. Stays pending as long as the page is gone.
 *
 * @throws DanceError `login-cancelled` if the page is shown again, `unsupported-environment`, or as
 *   `beginLogin`
 */
export async function leaveToLogIn(
  context: Context,
  client: ClientConfig,
  options: LoginOptions,
): Promise<never> {
  assertCanDance(context.page, client.name)
  const back = cancelled(context, client.name)
  await Promise.race([beginLogin(context, client, options), back])
  return back
}

/** Rejects when the page comes back from the back/forward cache, or the dance is destroyed. */
function cancelled({ page, destroyed }: Context, client: string): Promise<never> {
  return new Promise((_resolve, reject) => {
    const cancel = (): void => {
      undo()
      destroyed.removeEventListener('abort', cancel)
      reject(
        new DanceError('login-cancelled', 'The person came back without signing in.', { client }),
      )
    }
    const undo = page.onShownAgain(cancel)
    destroyed.addEventListener('abort', cancel)
  })
}
