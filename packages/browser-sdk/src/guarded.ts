import type { Context } from './context.ts'
import { toDanceError } from './errors.ts'

/** Shows a client as signing in for as long as `act` takes, and what went wrong after. */
export async function signingIn<T>(
  { sessions, report }: Pick<Context, 'sessions' | 'report'>,
  client: string,
  act: () => Promise<T>,
): Promise<T> {
  sessions.setPassing(client, { signingIn: true, error: undefined })
  try {
    return await act()
  } catch (cause) {
    const error = toDanceError(cause, client)
    if (error.code !== 'login-cancelled') report(error, client)
    throw error
  } finally {
    sessions.setPassing(client, { signingIn: false })
  }
}
