import {
  hiddenError,
  revocationRequest,
  withLearnt,
  type Learnt,
} from '@spa-dance/providers/protocol'
import type { AppConfig, OAuth1ClientConfig, OAuth2ClientConfig } from '../config/types.ts'
import { OAuthError, invalidRequest } from '../errors.ts'
import type { Call, Exchange } from '../exchange.ts'
import { readForm } from '../guards/body.ts'
import { userAgent } from '../guards/headers.ts'
import { json, type Reply } from '../reply.ts'
import type { Access } from '../seal/kinds.ts'
import { claimedKind } from '../seal/seal.ts'
import { ask, upstreamBroken, type Answer } from '../upstream/ask.ts'
import { registrationOf } from '../upstream/registration.ts'
import { appOf } from './token.ts'

const bodyLimit = 65_536
/** A provider's own token, given in the clear. */
const maxToken = 16_384

interface Held {
  readonly access?: Access | undefined
  readonly refreshToken?: string | undefined
  readonly learnt?: Learnt | undefined
}

/**
 * `POST /<name>/revoke` (RFC 7009): a handle, a sealed token, or the provider's own access token.
 * What is unknown, foreign or expired is answered like what was revoked (§2.2).
 */
export async function revoke(exchange: Exchange, call: Call): Promise<Reply> {
  const params = await readForm(call.request, bodyLimit)
  const app = appOf(exchange, call, params)
  const token = params.get('token')
  if (token === undefined) throw invalidRequest('token is missing.')
  const { client } = call
  const held = await open(exchange, call, app, token)
  if (!held) return gone
  const answer =
    client.kind === 'oauth1'
      ? await revokeOAuth1(exchange, client, held)
      : await revokeOAuth2(exchange, client, held)
  const revoked: Reply = { ...gone, done: { type: 'token-revoked', app: app.name } }
  if (answer.status >= 200 && answer.status < 300) {
    if (hiddenError(client.provider.api ?? {}, answer.text) !== 'other') return revoked
    throw upstreamBroken(`${client.provider.name} refused to revoke, under status 200`)
  }
  // The provider's ways to say that it does not know the token (any more).
  if (answer.status === 404 || answer.status === 410 || answer.status === 422) return revoked
  if (client.kind === 'oauth1' && answer.status === 401) return revoked
  if (answer.status === 400 && answer.text.includes('"invalid_token"')) return revoked
  if (answer.status === 400 && answer.text.includes('unsupported_token_type')) throw unsupported()
  throw upstreamBroken(`${client.provider.name} refused to revoke: status ${answer.status}`)
}

const gone = json(200, {})

async function open(
  { sealer }: Exchange,
  { client }: Call,
  app: AppConfig,
  token: string,
): Promise<Held | undefined> {
  const kind = claimedKind(token)
  if (kind === undefined) {
    const bearer = client.kind === 'oauth2' && token.length <= maxToken
    return bearer ? { access: { bearer: token } } : undefined
  }
  if (kind === 'handle') {
    const handle = await sealer.open('handle', token)
    return handle?.app === app.name && handle.client === client.name ? handle : undefined
  }
  const sealed = await sealer.open('token', token)
  return sealed?.app === app.name && sealed.client === client.name ? sealed : undefined
}

async function revokeOAuth2(
  exchange: Exchange,
  client: OAuth2ClientConfig,
  { access, refreshToken, learnt }: Held,
): Promise<Answer> {
  const provider = withLearnt(await exchange.resolve(client), learnt)
  const accessToken = access && 'bearer' in access ? access.bearer : undefined
  const request = revocationRequest(provider, await registrationOf(client, provider), {
    accessToken,
    refreshToken,
  })
  if (!request) throw unsupported()
  const { headers } = request
  return ask(exchange.transport, {
    ...request,
    headers: { ...headers, 'User-Agent': userAgent(provider.api.headers) },
  })
}

async function revokeOAuth1(
  { signer, transport }: Exchange,
  client: OAuth1ClientConfig,
  { access }: Held,
): Promise<Answer> {
  const { revocation } = client.provider
  if (!revocation || !access || !('oauth1' in access)) throw unsupported()
  const method = revocation.method ?? 'POST'
  const { token } = access.oauth1
  const url = new URL(revocation.url.replace('{token}', encodeURIComponent(token)))
  const signing = signer(client)(transport, { method, url, pairs: [], token: access.oauth1 })
  return ask(signing, { url: url.href, method, headers: {} })
}

const unsupported = (): OAuthError =>
  new OAuthError(
    400,
    'unsupported_token_type',
    'The provider has no way to revoke this token. It ends by itself.',
  )
