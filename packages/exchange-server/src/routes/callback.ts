import { readOrigin } from '@spa-dance/providers/protocol'
import type { ClientConfig } from '../config/types.ts'
import { OAuthError } from '../errors.ts'
import type { Call, Exchange } from '../exchange.ts'
import { readForm } from '../guards/body.ts'
import { queryOf, readParams, type ParamMap } from '../guards/params.ts'
import { errorPage, seeOther, type Reply } from '../reply.ts'
import {
  cookieForm,
  dropFlowCookie,
  flowCookieName,
  flowCookies,
  readFlowCookie,
} from '../seal/flow-cookie.ts'
import type { Code, Flow } from '../seal/kinds.ts'
import { now } from '../seal/seal.ts'
import { upstreamBroken } from '../upstream/ask.ts'
import { redirectError, withParams } from './redirect-error.ts'

const bodyLimit = 16_384
const maxUpstreamCode = 4096
/** Seconds, where the provider's own code does not end earlier. */
const codeLifetime = 60

/** Errors that mean the same to the page as they do to us (RFC 6749 §4.1.2.1, OpenID Connect Core 1.0 §3.1.2.6). */
const passed = [
  'access_denied',
  'login_required',
  'interaction_required',
  'consent_required',
  'account_selection_required',
  'temporarily_unavailable',
]

/**
 * `/<name>/callback`, where the provider sends the person back to: ties the answer to the browser
 * that began, and hands the page a code of ours. The provider is not asked for tokens yet.
 */
export async function callback(exchange: Exchange, { request, client }: Call): Promise<Reply> {
  const { config, sealer } = exchange
  let params: ParamMap
  try {
    params =
      request.method === 'POST'
        ? await readForm(request, bodyLimit)
        : readParams(queryOf(request.url))
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error
    return errorPage(
      'invalid_request',
      `${client.provider.name} sent you back with an answer that can not be read.`,
    )
  }
  const key = flowKey(client, params)
  const begun = await (key === undefined
    ? newestOAuth1(exchange, client, request)
    : flowOf(exchange, request, key))
  if (!begun || begun.flow.client !== client.name) {
    return errorPage(
      'unknown_flow',
      'It took too long, was finished before, or began in another browser.',
    )
  }
  const { flow } = begun
  const cookies = [dropFlowCookie(begun.name, cookieForm(config, client))]
  try {
    const { upstream, lifetime, granted } =
      client.kind === 'oauth1'
        ? readOAuth1(client, params, flow)
        : await readOAuth2(exchange, client, { params, url: request.url }, flow)
    const { app, redirectUri, state, challenge, dpopJkt, nonce } = flow
    const code: Code = {
      app,
      client: client.name,
      redirectUri,
      challenge,
      scopes: granted ?? flow.scopes,
      dpopJkt,
      nonce,
      upstream,
    }
    const until = now() + Math.min(codeLifetime, lifetime)
    const members = { code: await sealer.seal('code', code, until), state, iss: client.issuer }
    return {
      ...seeOther(withParams(redirectUri, members), cookies),
      done: { type: 'login-finished', app },
    }
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error
    return redirectError(flow.redirectUri, client.issuer, flow.state, error, cookies)
  }
}

/** A flow that this browser began, and the name of its cookie. */
interface Begun {
  readonly name: string
  readonly flow: Flow
}

async function flowOf(
  { config, crypto, sealer }: Exchange,
  request: Request,
  key: string,
): Promise<Begun | undefined> {
  const name = await flowCookieName(crypto, key, config.secure)
  const sealed = readFlowCookie(request.headers.get('cookie'), name)
  const flow = sealed === undefined ? undefined : await sealer.open('flow', sealed)
  return flow?.key === key ? { name, flow } : undefined
}

/**
 * The latest flow with this client. How a person comes back who declined is not part of OAuth 1.0a: a
 * provider may not even repeat the request token. Nobody can be signed in by such an answer.
 */
async function newestOAuth1(
  { config, sealer }: Exchange,
  client: ClientConfig,
  request: Request,
): Promise<Begun | undefined> {
  if (client.kind !== 'oauth1') return undefined
  for (const { name, sealed } of flowCookies(request.headers.get('cookie'), config.secure)) {
    const flow = await sealer.open('flow', sealed)
    if (flow?.client === client.name) return { name, flow }
  }
  return undefined
}

interface Answered {
  readonly upstream: Code['upstream']
  /** Seconds. */
  readonly lifetime: number
  /** Of the scopes that were asked for, where the redirect says so. */
  readonly granted?: readonly string[]
}

/** What names the flow's cookie: our own state, or the request token. */
function flowKey(client: ClientConfig, params: ParamMap): string | undefined {
  return client.kind === 'oauth1'
    ? (params.get('oauth_token') ?? params.get(deniedParam(client)))
    : params.get('state')
}

const deniedParam = ({ provider }: Extract<ClientConfig, { kind: 'oauth1' }>): string =>
  provider.authorization.deniedParam ?? 'denied'

async function readOAuth2(
  exchange: Exchange,
  client: Extract<ClientConfig, { kind: 'oauth2' }>,
  { params, url }: { readonly params: ParamMap; readonly url: string },
  flow: Flow,
): Promise<Answered> {
  const { authorization, openid, name, scopeSeparator, learnt } = await exchange.resolve(client)
  const iss = params.get('iss')
  const expected = authorization.iss ?? openid?.issuer
  // RFC 9207 §2.4: declared, so it has to be there; there, so it has to be right.
  if (
    iss === undefined ? authorization.iss !== undefined : expected !== undefined && iss !== expected
  ) {
    throw upstreamBroken(`${name} answered with another iss, or none`)
  }
  const error = params.get('error')
  if (error !== undefined) throw upstreamError(name, error, authorization.denied)
  const code = params.get('code')
  if (code === undefined || code.length > maxUpstreamCode) {
    throw upstreamBroken(`${name} sent no code, or one longer than ${maxUpstreamCode} characters`)
  }
  const origin = learnt?.tokenOrigin
  const said = origin && params.get(origin.from)
  const place = origin && said !== undefined ? readOrigin(origin, said) : undefined
  if (place && 'refused' in place) throw upstreamBroken(`${name} sent a code, but ${place.refused}`)
  const { codeLifetime: lifetime = 60, grantedScopes } = authorization
  // Empty is told, too: a person may have unticked all.
  const told = grantedScopes && new URLSearchParams(queryOf(url)).get(grantedScopes)
  const granted = told?.split(scopeSeparator?.reply ?? ' ')
  return {
    upstream: {
      code,
      verifier: flow.verifier,
      ...(place && { learnt: { tokenOrigin: place.origin } }),
    },
    lifetime,
    // A person can write more into a URL than was granted, but not more than was asked for.
    ...(granted && { granted: flow.scopes.filter((scope) => granted.includes(scope)) }),
  }
}

function readOAuth1(
  client: Extract<ClientConfig, { kind: 'oauth1' }>,
  params: ParamMap,
  { requestToken }: Flow,
): Answered {
  const oauthVerifier = params.get('oauth_verifier')
  const { deniedVerifier } = client.provider.authorization
  const says = deniedVerifier !== undefined && oauthVerifier === deniedVerifier
  if (says || params.has(deniedParam(client))) throw denied()
  // The Problem Reporting extension of OAuth 1.0, which many of its servers speak.
  const problem = params.get('oauth_problem')
  if (problem !== undefined && !/^(user_refused|permission_denied)$/.test(problem)) {
    throw upstreamError(client.provider.name, problem)
  }
  // Only who has agreed gets a verifier (RFC 5849 §2.2).
  if (oauthVerifier === undefined) throw denied()
  if (!requestToken || !params.has('oauth_token') || oauthVerifier.length > maxUpstreamCode) {
    throw upstreamBroken(`${client.provider.name} sent no token, or too long a verifier`)
  }
  return { upstream: { requestToken, oauthVerifier }, lifetime: codeLifetime }
}

function upstreamError(name: string, error: string, declared: readonly string[] = []): OAuthError {
  if (declared.includes(error)) return denied()
  const code = /^[\x20-\x21\x23-\x5b\x5d-\x7e]{1,128}$/.test(error) ? error : 'an unreadable error'
  const reason = `${name} answered with ${code}`
  return passed.includes(error)
    ? new OAuthError(400, error, `${name} did not sign the person in.`, { reason })
    : upstreamBroken(reason)
}

const denied = (): OAuthError => new OAuthError(400, 'access_denied', 'The person declined.')
