import { authorizationParams, authorizationUrl } from '@spa-dance/providers/protocol'
import { allowsRedirectUri } from '../apps/redirect-uris.ts'
import type { OAuth1ClientConfig, OAuth2ClientConfig } from '../config/types.ts'
import { OAuthError, invalidRequest } from '../errors.ts'
import type { Call, Exchange } from '../exchange.ts'
import { queryOf, readParams, type ParamMap } from '../guards/params.ts'
import { errorPage, seeOther, type Reply } from '../reply.ts'
import type { Flow } from '../seal/kinds.ts'
import { addFlowCookie, cookieForm, flowCookieName, flowLifetime } from '../seal/flow-cookie.ts'
import { randomToken } from '../seal/random.ts'
import { now } from '../seal/seal.ts'
import { askForRequestToken } from '../upstream/oauth1.ts'
import { readAuthorizationRequest, type AuthorizationRequest } from './authorization-request.ts'
import { redirectError } from './redirect-error.ts'

/**
 * `GET /<name>/authorize` (RFC 6749 §4.1.1): checks what the page asks for, and sends the person on
 * to the provider. What the callback needs travels in the browser's own sealed cookie.
 */
export async function authorize(exchange: Exchange, call: Call): Promise<Reply> {
  const { request, client } = call
  let params: ParamMap
  try {
    params = readParams(queryOf(request.url))
  } catch {
    return errorPage(
      'invalid_request',
      'The site that sent you here made a request that can not be read.',
    )
  }
  const app = exchange.config.apps.get(params.get('client_id') ?? '')
  const redirectUri = params.get('redirect_uri')
  // Nobody can be sent to an address that is not listed, not even with an error (RFC 6749 §4.1.2.1).
  if (!app) return unknownApp
  if (redirectUri === undefined || !allowsRedirectUri(app, client.name, redirectUri)) {
    return unlistedReturn
  }
  const state = params.get('state')
  try {
    if (app.clients && !app.clients.has(client.name)) {
      throw new OAuthError(400, 'unauthorized_client', `This app may not use ${client.name}.`)
    }
    const asked = readAuthorizationRequest(client, params)
    const flow = { ...asked.flow, app: app.name, client: client.name, redirectUri }
    return client.kind === 'oauth1'
      ? await startOAuth1(exchange, call, client, flow, asked)
      : await startOAuth2(exchange, call, client, flow, asked)
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error
    return redirectError(redirectUri, client.issuer, state, error)
  }
}

const unknownApp = errorPage(
  'unknown_app',
  'The site that sent you here is not known to this server.',
)
const unlistedReturn = errorPage(
  'unlisted_redirect_uri',
  'The site that sent you here named a return address that is not registered.',
)

type Started = Omit<Flow, 'key'>

async function startOAuth2(
  exchange: Exchange,
  call: Call,
  client: OAuth2ClientConfig,
  started: Started,
  asked: AuthorizationRequest,
): Promise<Reply> {
  const provider = await exchange.resolve(client)
  const key = randomToken()
  const verifier = provider.pkce === false ? undefined : randomToken()
  // `openid` is no scope of our own wire: the configuration adds it.
  const openid =
    provider.openid !== undefined && [...client.scopes, ...started.scopes].includes('openid')
  const scopes =
    openid && !started.scopes.includes('openid') ? ['openid', ...started.scopes] : started.scopes
  const nonce = openid ? (asked.nonce ?? randomToken()) : undefined
  const url = authorizationUrl(provider, {
    ...asked.login,
    clientId: client.registration.clientId,
    redirectUri: client.callbackUri,
    state: key,
    scopes,
    codeChallenge: verifier && (await exchange.crypto.sha256(verifier)),
    nonce,
  })
  return leave(exchange, call, url, { ...started, key, verifier, nonce, scopes })
}

async function startOAuth1(
  exchange: Exchange,
  call: Call,
  client: OAuth1ClientConfig,
  started: Started,
  asked: AuthorizationRequest,
): Promise<Reply> {
  const requestToken = await askForRequestToken(exchange, client)
  const url = new URL(client.provider.authorization.url)
  for (const [name, value] of Object.entries(authorizationParams(client.provider, asked.login))) {
    url.searchParams.set(name, value)
  }
  url.searchParams.set('oauth_token', requestToken.token)
  return leave(exchange, call, url, { ...started, key: requestToken.token, requestToken })
}

async function leave(
  { config, crypto, sealer }: Exchange,
  { request, client }: Call,
  url: URL,
  flow: Flow,
): Promise<Reply> {
  const sealed = await sealer.seal('flow', flow, now() + flowLifetime)
  const name = await flowCookieName(crypto, flow.key, config.secure)
  const cookies = addFlowCookie(
    request.headers.get('cookie'),
    name,
    sealed,
    cookieForm(config, client),
  )
  if (!cookies)
    throw invalidRequest('The request is too long for a cookie: shorten state or scope.')
  return {
    ...seeOther(url.href, cookies),
    done: { type: 'login-begun', app: flow.app },
  }
}
