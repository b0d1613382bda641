import type { Call, Route } from '../counterpart.ts'
import type { LoggedRequest } from '../control/types.ts'
import { readBasic, readJson } from './read.ts'

const limit = 2000
const grantTypes = ['authorization_code', 'refresh_token', 'client_credentials']

/** Adds an entry; the oldest makes room. */
export function addToLog(log: LoggedRequest[], entry: LoggedRequest): void {
  if (log.length >= limit) log.shift()
  log.push(entry)
}

/** What may be told of a request: names, schemes and whether a secret came, but no value of any of it. */
export function describe(
  call: Call,
  route: Pick<Route, 'endpoint'> & { readonly host: string },
  status: number,
): LoggedRequest {
  const { request, url, body, form } = call
  const bodyNames = form ? [...form.keys()] : Object.keys(readJson(body))
  const query = [...url.searchParams.keys()]
  const grantType = form?.get('grant_type') ?? readJson(body)['grant_type']
  const origin = request.headers.get('origin')
  const authorization = request.headers.get('authorization')?.split(' ')[0]
  return {
    at: call.now,
    provider: call.counterpart.id,
    endpoint: route.endpoint,
    method: request.method,
    host: route.host,
    path: url.pathname,
    query,
    form: bodyNames,
    secretSent: [...query, ...bodyNames].includes('client_secret') || !!readBasic(request)?.secret,
    status,
    // Only what is known: the value is the caller's, and could be anything.
    ...(grantTypes.includes(String(grantType)) && { grantType: String(grantType) }),
    ...(origin !== null && { origin }),
    ...(authorization !== undefined && { authorization }),
  }
}
