import type { ClientConfig } from '../config.ts'
import { DanceError } from '../errors.ts'

/**
 * The parsed body of a 2xx answer; undefined where it is empty.
 *
 * @throws DanceError `api-status` for any other status, `reply-unreadable` where it is no JSON
 */
export async function json(
  client: Pick<ClientConfig, 'name'>,
  response: Response,
): Promise<unknown> {
  const { status } = response
  const details = { client: client.name, status }
  if (!response.ok) {
    void response.body?.cancel()
    const retryable = status >= 500 || status === 429
    throw new DanceError('api-status', `The API answers with status ${status}.`, {
      ...details,
      retryable,
    })
  }
  const text = await response.text()
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new DanceError('reply-unreadable', 'The API does not answer with JSON.', {
      ...details,
      cause,
    })
  }
}
