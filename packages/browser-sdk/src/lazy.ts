import { DanceError } from './errors.ts'

/**
 * Loads a part of the SDK that is not needed at first.
 *
 * @throws DanceError `part-not-loaded`: offline, or the site was deployed anew meanwhile
 */
export async function load<T>(part: () => Promise<T>): Promise<T> {
  try {
    return await part()
  } catch (cause) {
    throw new DanceError(
      'part-not-loaded',
      'A part of the page could not be loaded. Check the connection and try again, or reload.',
      { retryable: true, cause },
    )
  }
}
