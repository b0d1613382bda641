import { DanceError } from '../errors.ts'

const waitLimit = 10_000

/** What to do where the lock can't be had. */
export interface Otherwise<T> {
  /** Another tab holds it for 10 s. @default throws the error */
  readonly late?: (error: DanceError) => Promise<T>
  /** There are no locks here, so the task runs without. */
  readonly lockless?: () => void
}

/**
 * Runs one task at a time in all tabs of this origin. A browser without Web Locks has one at a time
 * in each tab.
 *
 * @throws DanceError `timeout` if another tab holds the lock for 10 s; then the task did not run
 */
export async function locked<T>(
  name: string,
  client: string,
  task: () => Promise<T>,
  { late, lockless }: Otherwise<T> = {},
): Promise<T> {
  const alone = (): Promise<T> => {
    lockless?.()
    return task()
  }
  if (!navigator.locks) return alone()
  const wait = new AbortController()
  const timer = setTimeout(() => wait.abort(), waitLimit)
  let begun = false
  try {
    return await navigator.locks.request(`spa-dance:${name}`, { signal: wait.signal }, () => {
      clearTimeout(timer)
      begun = true
      return task()
    })
  } catch (cause) {
    if (begun) throw cause
    // Denied, as in a sandbox.
    if (!wait.signal.aborted) return alone()
    const message = 'Another tab has been refreshing this session for 10 s. Try again.'
    const error = new DanceError('timeout', message, { client, retryable: true, cause })
    if (late) return late(error)
    throw error
  } finally {
    clearTimeout(timer)
  }
}
