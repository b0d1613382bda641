import type { ClientConfig } from '../config.ts'
import { DanceError } from '../errors.ts'
import type { Server } from '../server/resolve.ts'
import { isStale } from '../storage/flow-limits.ts'
import type { Flow } from '../storage/types.ts'
import type { Answer } from './answer.ts'

/**
 * The flow must be known, young, and begun for this very client, registration and URL.
 *
 * @throws DanceError `flow-unknown`, `context-mismatch` or `flow-expired`
 */
export function checkFlow(client: ClientConfig, flow: Flow | undefined): Flow {
  const details = { client: client.name }
  if (!flow) {
    throw new DanceError(
      'flow-unknown',
      'This answer belongs to no login of this browser, or to one that has ended. Start the login again.',
      details,
    )
  }
  if (
    flow.client !== client.name ||
    flow.context !== client.context ||
    flow.redirectUri !== client.redirectUri
  ) {
    throw new DanceError(
      'context-mismatch',
      'This answer came to another place than its login asked for. Start the login again.',
      details,
    )
  }
  if (isStale(flow, Date.now())) {
    throw new DanceError('flow-expired', 'The login took more than ten minutes. Start it again.', {
      ...details,
      retryable: true,
    })
  }
  return flow
}

/** A login is answered by a code or an error, a sign-out by neither. @throws DanceError `callback-invalid` */
export function checkKind({ name }: ClientConfig, { logout }: Flow, { code, error }: Answer): void {
  if ((code === undefined && error === undefined) === (logout === true)) return
  const reason = logout
    ? 'It answers a login, where a sign-out began'
    : 'It has neither code nor error'
  throw new DanceError('callback-invalid', `${reason}. Start the login again.`, { client: name })
}

/** RFC 9207 §2.4: compared to the letter. @throws DanceError `issuer-mismatch` */
export function checkIssuer({ client, issuer, sendsIssuer }: Server, { iss }: Answer): void {
  if (iss === undefined ? !sendsIssuer : issuer === undefined || iss === issuer) return
  throw new DanceError(
    'issuer-mismatch',
    `This answer is not from ${issuer ?? 'the server'} that the login was begun with, so it is not used.${
      client.route === 'exchange'
        ? ' If it is your exchange: its own URL (DANCE_BASE_URL) and the "exchange" of createDance have to be the same.'
        : ''
    }`,
    { client: client.name },
  )
}
