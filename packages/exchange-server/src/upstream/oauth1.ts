import type { OAuth1ClientConfig } from '../config/types.ts'
import { invalidGrant } from '../errors.ts'
import type { Exchange } from '../exchange.ts'
import { parsePairs, percentEncode } from '../oauth1/params.ts'
import type { OAuth1Token } from '../seal/kinds.ts'
import { ask, upstreamBroken, type Answer } from './ask.ts'
import type { Granted } from './granted.ts'

/**
 * Asks for temporary credentials (RFC 5849 §2.1).
 *
 * @throws OAuthError 502 or 503
 */
export async function askForRequestToken(
  exchange: Exchange,
  client: OAuth1ClientConfig,
): Promise<OAuth1Token> {
  const { provider, callbackUri } = client
  const pairs = Object.entries(provider.requestToken.params ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  )
  const answer = await post(exchange, client, provider.requestToken.url, {
    pairs,
    extra: { oauth_callback: callbackUri },
  })
  const members = readMembers(answer)
  if (!members) {
    throw upstreamBroken(`${provider.name} gave no request token: status ${answer.status}`)
  }
  // The "a" of 1.0a: without it the provider did not bind the callback (RFC 5849 §2.1).
  if (members.get('oauth_callback_confirmed') !== 'true') {
    throw upstreamBroken(`${provider.name} did not confirm the callback`)
  }
  return members.token
}

/**
 * Trades the verifier for the token credentials (RFC 5849 §2.3).
 *
 * @throws OAuthError `invalid_grant` where the provider refuses the verifier, else 502 or 503
 */
export async function askForAccessToken(
  exchange: Exchange,
  client: OAuth1ClientConfig,
  token: OAuth1Token,
  verifier: string,
): Promise<Granted> {
  const { provider } = client
  const answer = await post(exchange, client, provider.accessToken.url, {
    pairs: [],
    token,
    extra: { oauth_verifier: verifier },
  })
  // The key and the signature were good a moment ago, when the request token was asked for.
  if (answer.status === 400 || answer.status === 401) {
    throw invalidGrant(`${provider.name} refused the verifier: status ${answer.status}`)
  }
  const members = readMembers(answer)
  if (!members) {
    throw upstreamBroken(`${provider.name} gave no access token: status ${answer.status}`)
  }
  const { account: member, accessToken } = provider
  const account = member === undefined ? undefined : members.get(member)
  return {
    access: { oauth1: members.token },
    scopes: [],
    ...(accessToken.lifetime !== undefined && { expiresIn: accessToken.lifetime }),
    ...(account !== undefined && { account: { id: account } }),
  }
}

interface Signed {
  readonly pairs: readonly (readonly [string, string])[]
  readonly token?: OAuth1Token
  readonly extra: Readonly<Record<string, string>>
}

async function post(
  { transport, signer }: Exchange,
  client: OAuth1ClientConfig,
  address: string,
  { pairs, token, extra }: Signed,
): Promise<Answer> {
  const url = new URL(address)
  const query = parsePairs(url.search.slice(1)) ?? []
  const signing = signer(client)(transport, {
    method: 'POST',
    url,
    pairs: [...query, ...pairs],
    token,
    extra,
  })
  return ask(signing, {
    url: url.href,
    method: 'POST',
    headers: {
      Accept: '*/*',
      'Content-Type': 'application/x-www-form-urlencoded',
    },
    body: pairs.map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`).join('&'),
  })
}

interface Members {
  readonly token: OAuth1Token
  get(name: string): string | undefined
}

/** Reads a credentials reply: 200, a form, nothing twice, both members there. */
function readMembers({ status, text }: Answer): Members | undefined {
  const pairs = status === 200 ? parsePairs(text.trim()) : undefined
  if (!pairs) return undefined
  const members = new Map(pairs)
  const token = members.get('oauth_token')
  const secret = members.get('oauth_token_secret')
  if (members.size !== pairs.length || !token || secret === undefined) return undefined
  return { token: { token, secret }, get: (name) => members.get(name) }
}
