import { DanceError, type DanceErrorCode } from '../errors.ts'
import type { Server } from '../server/resolve.ts'
import type { Answer } from './answer.ts'

const wantsInteraction = [
  'login_required',
  'interaction_required',
  'consent_required',
  'account_selection_required',
]
const passing = ['temporarily_unavailable', 'server_error']

/** What an `error` in the answer to a login means here. */
export function refusalOf(
  { client, speaks }: Server,
  { error = '', description }: Answer,
): DanceError {
  const denied = ['access_denied', ...(speaks.authorization.denied ?? [])]
  const text = description === undefined ? '' : ` It says: ${description}`
  const make = (code: DanceErrorCode, message: string, retryable = true): DanceError =>
    new DanceError(code, message + text, { client: client.name, retryable })
  if (denied.includes(error)) return make('access-denied', 'The person declined.')
  if (wantsInteraction.includes(error)) {
    return make('interaction-required', `The provider has to ask the person (${error}).`, false)
  }
  if (passing.includes(error)) {
    return make('provider-unavailable', `The provider can't sign people in now (${error}).`)
  }
  return make('provider-refused', `The provider refuses the login: ${error}.${hint(error)}`, false)
}

const hint = (error: string): string =>
  error === 'invalid_scope' ? ' Ask for scopes that this registration may have.' : ''
