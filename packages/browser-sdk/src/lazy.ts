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

type Act = (...given: unknown[]) => Promise<unknown>

/** The named methods of an object that is made with their first use. */
export function late<T extends object, K extends keyof T & string>(
  names: readonly K[],
  open: () => Promise<T>,
): Pick<T, K> {
  const call =
    (name: K): Act =>
    async (...given) =>
      ((await open())[name] as Act)(...given)
  return Object.fromEntries(names.map((name) => [name, call(name)])) as unknown as Pick<T, K>
}
