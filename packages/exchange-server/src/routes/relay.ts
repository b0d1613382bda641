import { withLearnt } from '@spa-dance/providers/protocol'
import type { ClientConfig } from '../config/types.ts'
import { checkProof } from '../dpop/proof.ts'
import { OAuthError, invalidRequest } from '../errors.ts'
import type { Call, Exchange } from '../exchange.ts'
import { decodeText, isForm, readBody } from '../guards/body.ts'
import { outgoingHeaders, userAgent, withAuthorization } from '../guards/headers.ts'
import { requireOriginOf } from '../guards/origin.ts'
import { parsePairs, unsignable } from '../oauth1/params.ts'
import { send } from '../relay/send.ts'
import { relayTarget, type RelayTarget } from '../relay/target.ts'
import type { Reply } from '../reply.ts'
import type { Access, SealedToken } from '../seal/kinds.ts'
import type { Transport } from '../types.ts'

/** Bytes. */
const bodyLimit = 8_388_608

/** What may be relayed; `TRACE`, `CONNECT` and the rest may not. */
export const relayMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/**
 * `/<name>/api/<path>`: passes a call on to the provider's API, with the token of the sealed one
 * added, or signed by OAuth 1.0a.
 */
export async function relay(exchange: Exchange, call: Call): Promise<Reply> {
  const { request, client } = call
  const { config, nonces } = exchange
  const provider = client.kind === 'oauth1' ? client.provider : await exchange.resolve(client)
  const place = { origin: config.origin, prefix: `${config.basePath}/${client.name}` }
  const declared = relayTarget(provider.api, call.target, place)
  const { access, learnt } = await authorized(exchange, call, declared)
  const { api } = withLearnt(provider, learnt)
  const target = learnt ? relayTarget(api, call.target, place) : declared
  const { method } = request
  const body =
    method === 'GET' || method === 'HEAD' ? undefined : await readBody(request, bodyLimit)
  const headers = outgoingHeaders(request.headers, api.headers)
  headers['user-agent'] = userAgent(api.headers)
  const transport = authorizing(exchange, client, access, {
    url: target.url,
    method,
    body,
    scheme: api.scheme,
    form: isForm(headers['content-type'] ?? null),
  })
  const reply = await send(
    transport,
    { url: target.url, method, headers, body },
    request.signal,
    call.keepSlot(),
  )
  return reply.status < 300
    ? { ...reply, headers: { ...reply.headers, 'DPoP-Nonce': await nonces.current() } }
    : reply
}

/**
 * What is in the sealed token, once the caller has proved to hold its key.
 *
 * @throws OAuthError 401 with `WWW-Authenticate: DPoP` (RFC 9449 §7.1), 403 for a foreign Origin
 */
async function authorized(
  exchange: Exchange,
  { request, client }: Call,
  { htu }: RelayTarget,
): Promise<SealedToken> {
  const [, sealed] = /^DPoP ([\w.-]+)$/i.exec(request.headers.get('authorization') ?? '') ?? []
  const token = sealed === undefined ? undefined : await exchange.sealer.open('token', sealed)
  const app = token && exchange.config.apps.get(token.app)
  if (sealed === undefined || !token || token.client !== client.name || !app) {
    throw challenge('invalid_token', 'Send a sealed token of this client as Authorization: DPoP.')
  }
  requireOriginOf(app, exchange.config, request)
  if (app.clients && !app.clients.has(client.name)) {
    throw challenge('invalid_token', 'The app may not use this client any more.')
  }
  try {
    const jkt = await checkProof(exchange, request.headers.get('dpop') ?? '', {
      method: request.method,
      url: htu,
      ath: await exchange.crypto.sha256(sealed),
      nonce: 'always',
      status: 401,
    })
    if (jkt === token.jkt) return token
  } catch (error) {
    if (!(error instanceof OAuthError) || error.status !== 401) throw error
    throw challenge(error.code, error.message, error.headers)
  }
  throw challenge('invalid_token', 'The token is bound to another key.')
}

const challenge = (
  code: string,
  description: string,
  headers: Readonly<Record<string, string>> = {},
): OAuthError =>
  new OAuthError(401, code, description, {
    headers: { ...headers, 'WWW-Authenticate': `DPoP error="${code}", algs="ES256"` },
  })

interface Unsigned {
  readonly url: URL
  readonly method: string
  readonly body: Uint8Array | undefined
  /** What stands before a bearer token. */
  readonly scheme: string | undefined
  /** Whether the body's parameters are signed (RFC 5849 §3.4.1.3.1). */
  readonly form: boolean
}

/** A transport that adds the credential to what it sends. */
function authorizing(
  { signer, transport }: Exchange,
  client: ClientConfig,
  access: Access,
  { url, method, body, scheme = 'Bearer', form }: Unsigned,
): Transport {
  if ('bearer' in access) {
    return (href, init) => transport(href, withAuthorization(init, `${scheme} ${access.bearer}`))
  }
  if (client.kind !== 'oauth1')
    throw challenge('invalid_token', 'The client changed. Sign in again.')
  const query = parsePairs(url.search.slice(1))
  const fields = form && body ? parsePairs(decodeText(body)) : []
  if (!query || !fields) throw invalidRequest('The parameters are not form-encoded UTF-8.')
  const pairs = [...query, ...fields]
  const problem = unsignable(pairs)
  if (problem !== undefined) throw invalidRequest(problem)
  return signer(client)(transport, { method, url, pairs, token: access.oauth1 })
}
