import type { Call } from '../counterpart.ts'
import type { Endpoint, Failure, LoggedRequest, NextAnswer } from './types.ts'

/** Takes the scripted failure that this request meets, if there is one. */
export function findFailure(
  { state, form, body }: Call,
  endpoint: LoggedRequest['endpoint'],
): Failure | undefined {
  const refreshes = form?.get('grant_type') === 'refresh_token' || /"refresh_token"/.test(body)
  const at: Endpoint | typeof endpoint = endpoint === 'token' && refreshes ? 'refresh' : endpoint
  const position = state.failures.findIndex((failure) => failure.at === at)
  return position < 0 ? undefined : state.failures.splice(position, 1)[0]
}

/** Takes the scripted answer to a consent, if there is one. */
export function nextAnswer({ state }: Call): NextAnswer | undefined {
  return state.answers.shift()
}
