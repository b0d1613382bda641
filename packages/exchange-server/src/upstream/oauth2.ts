import type { OAuth2Provider } from '@spa-dance/providers'
import {
  readTokenReply,
  tokenRequest,
  withLearnt,
  type Grant,
  type Learnt,
} from '@spa-dance/providers/protocol'
import type { OAuth2ClientConfig } from '../config/types.ts'
import { invalidGrant } from '../errors.ts'
import { userAgent } from '../guards/headers.ts'
import type { Exchange } from '../exchange.ts'
import type { Account } from '../seal/kinds.ts'
import { ask, upstreamBroken } from './ask.ts'
import type { Granted } from './granted.ts'
import { validateIdToken } from './id-token.ts'
import { registrationOf } from './registration.ts'

/** What the answer must agree with, beside the provider's declaration. */
export interface Asked {
  readonly scopes: readonly string[]
  readonly nonce?: string | undefined
  /** At a refresh: whose tokens these were. */
  readonly account?: Account | undefined
  /** What is known of where to ask. */
  readonly learnt?: Learnt | undefined
}

/**
 * Asks the provider's token endpoint, and swaps the access token of a login where that is declared.
 *
 * @throws OAuthError `invalid_grant` where the provider says that the grant is dead, else 502 or 503
 */
export async function askForTokens(
  exchange: Exchange,
  client: OAuth2ClientConfig,
  declared: OAuth2Provider,
  grant: Grant,
  asked: Asked,
): Promise<Granted> {
  const provider = withLearnt(declared, asked.learnt)
  const granted = await askOnce(exchange, client, provider, grant, asked)
  const { swap } = provider.token
  if (swap === undefined || grant.type !== 'authorization_code') return granted
  const { access, expiresIn: _, ...rest } = granted
  if (!('bearer' in access)) return granted
  const accessToken = access.bearer
  const long = await askOnce(exchange, client, provider, { type: 'swap', accessToken }, asked)
  return {
    ...rest,
    access: long.access,
    ...(long.expiresIn !== undefined && { expiresIn: long.expiresIn }),
  }
}

async function askOnce(
  { transport, documents }: Exchange,
  client: OAuth2ClientConfig,
  provider: OAuth2Provider,
  grant: Grant,
  { scopes, nonce, account, learnt }: Asked,
): Promise<Granted> {
  const { headers, ...request } = tokenRequest(
    provider,
    await registrationOf(client, provider),
    grant,
  )
  const answer = await ask(transport, {
    ...request,
    headers: { ...headers, 'User-Agent': userAgent(provider.api.headers) },
  })
  const result = readTokenReply(provider, answer.status, answer.text)
  if (result.kind === 'unreadable') {
    throw upstreamBroken(`${provider.name}'s token reply can't be read: ${result.reason}`)
  }
  if (result.kind === 'refused') {
    const reason = `${provider.name} refused: ${result.error}`
    throw result.dead ? invalidGrant(reason) : upstreamBroken(reason)
  }
  const { tokens } = result
  if (tokens.tokenType === 'DPoP') {
    throw upstreamBroken(`${provider.name} bound the token to a key that was not offered`)
  }
  const { accessToken, expiresIn, refreshToken, idToken, apiOrigin } = tokens
  const known = { ...learnt, ...(apiOrigin !== undefined && { apiOrigin }) }
  const granted = tokens.scopes ?? scopes
  const base: Granted = {
    access: { bearer: accessToken },
    scopes: granted,
    ...(expiresIn !== undefined && { expiresIn }),
    ...(refreshToken !== undefined && { refreshToken }),
    ...(tokens.account !== undefined && { account: { id: tokens.account } }),
    ...(Object.keys(known).length > 0 && { learnt: known }),
  }
  if (!provider.openid || idToken === undefined) {
    const wanted = provider.openid?.claims !== undefined || scopes.includes('openid')
    if (provider.openid && grant.type === 'authorization_code' && wanted) {
      throw upstreamBroken(`${provider.name} sent no ID token`)
    }
    return base
  }
  const { clientId } = client.registration
  const sub = await validateIdToken(documents, provider.openid, idToken, {
    clientId,
    nonce,
    accessToken,
    sub: account?.iss === undefined ? undefined : account.id,
  })
  return { ...base, idToken, account: { iss: provider.openid.issuer, id: sub } }
}
