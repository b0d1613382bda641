import { findClient, type Call } from '../counterpart.ts'
import type { Registration } from '../options.ts'
import { keep, type Grant, type RequestToken } from '../state.ts'
import { collectParameters } from './parameters.ts'
import { hmac, signatureBaseString, verifyRsa, type Hash } from './signature.ts'

/** What can be wrong with a signed request. */
export type Fault =
  | 'malformed'
  | 'method'
  | 'client'
  | 'token'
  | 'signature'
  | 'timestamp'
  | 'nonce'
  | 'callback'
  | 'verifier'

/** In what an OAuth 1.0a provider differs from the next one. */
export interface OAuth1Rules {
  /** The one signature method it takes (RFC 5849 §3.4). */
  readonly signature: 'HMAC-SHA1' | 'HMAC-SHA256' | 'RSA-SHA1' | 'RSA-SHA256'
  /** How far a timestamp may be off, in seconds. */
  readonly clockTolerance: number
  /** In seconds. */
  readonly requestTokenLifetime: number
  readonly refuse: (fault: Fault) => Response
}

const methods: Readonly<
  Record<OAuth1Rules['signature'], readonly [kind: 'HMAC' | 'RSA', hash: Hash]>
> = {
  'HMAC-SHA1': ['HMAC', 'SHA-1'],
  'HMAC-SHA256': ['HMAC', 'SHA-256'],
  'RSA-SHA1': ['RSA', 'SHA-1'],
  'RSA-SHA256': ['RSA', 'SHA-256'],
}

/** A request whose signature is right. */
export interface Verified {
  readonly client: Registration
  readonly protocol: ReadonlyMap<string, string>
  /** What the token stands for, of the kind that was asked for. */
  readonly requestToken?: RequestToken
  readonly grant?: Grant
}

/**
 * Checks a signed request (RFC 5849 §3.2): its signature, its age, and that it is not sent again.
 *
 * @param tokenKind which kind of token must have signed along
 */
export async function verifySigned(
  call: Call,
  rules: OAuth1Rules,
  tokenKind: 'none' | 'request' | 'access',
): Promise<Verified | { readonly fault: Fault }> {
  const { state, now, request, url } = call
  const parameters = collectParameters(call)
  if (!parameters) return { fault: 'malformed' }
  const { protocol, signed } = parameters
  const given = (name: string): string => protocol.get(`oauth_${name}`) ?? ''
  if (given('signature_method') !== rules.signature) return { fault: 'method' }
  if (given('nonce') === '') return { fault: 'malformed' }
  if ((protocol.get('oauth_version') ?? '1.0') !== '1.0') return { fault: 'malformed' }

  const client = findClient(call, given('consumer_key'))
  if (!client) return { fault: 'client' }
  const value = given('token')
  const requestToken = tokenKind === 'request' ? state.requestTokens.get(value) : undefined
  const token = tokenKind === 'access' ? state.tokens.get(value) : undefined
  const held = requestToken ?? token
  if (tokenKind === 'none' ? value !== '' : !held || held.expiresAt <= now)
    return { fault: 'token' }
  if ((requestToken ?? token?.grant)?.clientId !== (held && client.clientId))
    return { fault: 'token' }

  const timestamp = given('timestamp')
  if (!/^[1-9]\d*$/.test(timestamp)) return { fault: 'malformed' }
  if (Math.abs(Number(timestamp) - now / 1000) > rules.clockTolerance) return { fault: 'timestamp' }

  const baseString = signatureBaseString(request.method, url, signed)
  const [kind, hash] = methods[rules.signature]
  const isSigned =
    kind === 'RSA'
      ? await verifyRsa(hash, baseString, given('signature'), client.publicKey ?? '')
      : given('signature') ===
        (await hmac(hash, baseString, client.clientSecret ?? '', held?.secret ?? ''))
  if (!isSigned) return { fault: 'signature' }

  // RFC 5849 §3.3: unique across requests with the same timestamp, client and token.
  const used = JSON.stringify([client.clientId, value, timestamp, given('nonce')])
  if (state.nonces.has(used)) return { fault: 'nonce' }
  keep(state.nonces, used, true, 20_000)
  return {
    client,
    protocol,
    ...(requestToken && { requestToken }),
    ...(token && { grant: token.grant }),
  }
}
