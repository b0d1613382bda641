import type { Context } from './context.ts'
import { DanceError, isDanceError } from './errors.ts'

/** A caught value as the error that people are told: ours, or one that holds it. */
export function toDanceError(cause: unknown, client?: string): DanceError {
  if (isDanceError(cause)) return cause
  return new DanceError('callback-invalid', 'This did not work. Start the login again.', {
    client,
    cause,
  })
}

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
