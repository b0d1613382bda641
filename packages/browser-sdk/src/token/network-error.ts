import { DanceError } from '../errors.ts'

/**
 * The error of a `fetch` that failed. A browser does not tell a page why, so that is found out by a
 * request to the same origin whose answer nobody reads.
 */
export async function networkError(
  url: string,
  client: string,
  cause: unknown,
): Promise<DanceError> {
  const { origin } = new URL(url)
  const reason = !navigator.onLine
    ? `${origin} could not be reached: this browser is offline.`
    : (await answers(origin))
      ? `${origin} is there, but keeps its answer from this page: it does not allow ${location.origin} (CORS), or redirects where it may not.`
      : `${origin} could not be reached: it is down, its name is wrong, or this page’s Content-Security-Policy forbids it.`
  return new DanceError('network-failed', reason, { client, retryable: true, cause })
}

const answers = (origin: string): Promise<boolean> =>
  fetch(origin, {
    method: 'HEAD',
    mode: 'no-cors',
    cache: 'no-store',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    signal: AbortSignal.timeout(3_000),
  }).then(
    () => true,
    () => false,
  )
