import type { ClientConfig } from '../config.ts'
import type { Context } from '../context.ts'
import type { LoginOptions } from '../types.ts'
import { beginLogin } from './begin.ts'
import { givenUp } from './limits.ts'

/**
 * Leaves the page to sign in. Stays pending as long as the page is gone.
 *
 * @throws DanceError `login-cancelled` if the page is shown again, or as `beginLogin`
 */
export async function leaveToLogIn(
  context: Context,
  client: ClientConfig,
  options: LoginOptions,
): Promise<never> {
  const over = new AbortController()
  const cancelled = givenUp(context, client, options, over.signal)
  try {
    const { url } = await Promise.race([beginLogin(context, client, options), cancelled])
    context.page.leave(url)
    return await cancelled
  } finally {
    over.abort()
  }
}
