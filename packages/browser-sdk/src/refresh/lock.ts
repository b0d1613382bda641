import { DanceError } from '../errors.ts'

const waitLimit = 10_000

/**
 * Runs one task at a time in all tabs of this origin. A browser without Web Locks has one at a time
 * in each tab.
 *
 * @throws DanceError `timeout` if another tab holds the lock for 10 s; then the task did not run
 */
export async function locked<T>(name: string, client: string, task: () => Promise<T>): Promise<T> {
  if (!navigator.locks) return task()
  const wait = new AbortController()
  const timer = setTimeout(() => wait.abort(), waitLimit)
  try {
    return await navigator.locks.request(`spa-dance:${name}`, { signal: wait.signal }, () => {
      clearTimeout(timer)
      return task()
    })
  } catch (cause) {
    if (!wait.signal.aborted) throw cause
    throw new DanceError(
      'timeout',
      'Another tab has been refreshing this session for 10 s. Try again.',
      { client, retryable: true, cause },
    )
  } finally {
    clearTimeout(timer)
  }
}
