import type { ClientConfig } from '../config.ts'
import type { Context } from '../context.ts'
import type { ProviderApi } from '@spa-dance/providers'
import { hiddenError } from '@spa-dance/providers/protocol'
import { load } from '../lazy.ts'
import { loadDpop, loadRefresh } from '../parts.ts'
import { providerFor, resolveProvider } from '../server/resolve.ts'
import type { StoredSession } from '../storage/types.ts'
import { networkError } from '../token/network-error.ts'
import { usableSession } from './access.ts'
import type { withFormToken } from './form-token.ts'
import { readOutgoing, untilAborted, type Outgoing } from './outgoing.ts'
import { targetOf } from './target.ts'

/**
 * Sends a request to a client's API with the token of an account. On a plain 401, or what its API
 * says in place of one, the token is refreshed and the request sent once more, if its body can be.
 *
 * @throws DanceError `url-not-allowed` before anything is sent, `network-failed`, or as
 *   `usableSession`; and the caller's own `signal.reason`
 */
export async function send(
  context: Context,
  client: ClientConfig,
  account: string | undefined,
  input: string | URL | Request,
  init?: RequestInit,
): Promise<Response> {
  const outgoing = await readOutgoing(input, init)
  const { signal } = outgoing.init
  const provider = await untilAborted(resolveProvider(client), signal)
  // Refused before anyone is asked for a token, unless the session has to say where the API is.
  if (!('learnt' in provider)) targetOf(client, provider.api, outgoing.url, false)
  const session = await untilAborted(usableSession(context, client, account), signal)
  const attempt = async (as: StoredSession): Promise<Response> => {
    const { api } = await providerFor(provider, as)
    const relayed = client.route === 'exchange' && as.tokens.tokenType === 'DPoP'
    const url = targetOf(client, api, outgoing.url, relayed)
    return sendOnce(client, as, url, outgoing, relayed ? typeOf(api) : api)
  }
  const response = await attempt(session)
  const { refreshToken } = session.tokens
  if (refreshToken === undefined || !outgoing.replayable) return response
  if (!(await isUnauthorized(provider.api, response))) return response
  const renew = async (): Promise<StoredSession> =>
    (await loadRefresh()).refresh(context, client, session)
  const renewed = await untilAborted(renew(), signal).catch(() => undefined)
  signal?.throwIfAborted()
  if (!renewed) return response
  void response.body?.cancel()
  return attempt(renewed)
}

/** The relay adds the headers, but for the type: `fetch` would give a body one by itself. */
const typeOf = ({ headers = {} }: ProviderApi): Pick<ProviderApi, 'headers'> => ({
  headers: Object.fromEntries(
    Object.entries(headers).filter(([name]) => name.toLowerCase() === 'content-type'),
  ),
})

async function sendOnce(
  client: ClientConfig,
  { tokens, keys }: StoredSession,
  url: string,
  outgoing: Outgoing,
  {
    headers: defaults = {},
    tokenParam,
    scheme = tokens.tokenType,
  }: Pick<ProviderApi, 'headers' | 'tokenParam' | 'scheme'>,
): Promise<Response> {
  const { method } = outgoing
  const headers = new Headers(outgoing.init.headers)
  for (const [name, value] of Object.entries(defaults)) {
    if (!headers.has(name)) headers.set(name, value)
  }
  headers.set('Authorization', `${scheme} ${tokens.accessToken}`)
  headers.delete('DPoP')
  const whole = { ...outgoing.init, method, headers }
  const init =
    tokenParam === undefined
      ? whole
      : await inForm(
          { ...outgoing, init: whole },
          { name: tokenParam, token: tokens.accessToken, client: client.name },
        )
  const go = async (proof?: string): Promise<Response> => {
    if (proof !== undefined) headers.set('DPoP', proof)
    try {
      return await fetch(url, {
        // A proof is good for one URL, so a redirect can only fail; a bearer token is dropped by
        // the browser where a redirect leads to another origin.
        redirect: proof === undefined ? 'follow' : 'error',
        credentials: 'omit',
        ...init,
      })
    } catch (cause) {
      init.signal?.throwIfAborted()
      throw await networkError(url, client.name, cause)
    }
  }
  if (tokens.tokenType === 'Bearer' || !keys) return go()
  const { accessToken } = tokens
  const { sendWithProof } = await loadDpop()
  return sendWithProof({ keys, method, url, accessToken }, go, wantsNonce)
}

const inForm: typeof withFormToken = async (...given) =>
  (await load(() => import('./form-token.ts'))).withFormToken(...given)

/** A copy of the answer is read only where a declaration says that errors hide in it. */
async function isUnauthorized(api: ProviderApi, response: Response): Promise<boolean> {
  if (response.status === 401) return true
  if (!api.unauthorized || !/json/.test(response.headers.get('Content-Type') ?? '')) return false
  const body = await response
    .clone()
    .text()
    .catch(() => '')
  return hiddenError(api, body) === 'unauthorized'
}

/** RFC 9449 §9. */
const wantsNonce = ({ status, headers }: Response): boolean =>
  status === 401 && /error="?use_dpop_nonce/.test(headers.get('WWW-Authenticate') ?? '')
