import type { AppConfig } from '../config/types.ts'
import { checkProof } from '../dpop/proof.ts'
import { OAuthError, invalidGrant, invalidRequest } from '../errors.ts'
import type { Call, Exchange } from '../exchange.ts'
import type { ParamMap } from '../guards/params.ts'
import type { Reply } from '../reply.ts'
import type { Code } from '../seal/kinds.ts'
import type { Granted } from '../upstream/granted.ts'
import { askForAccessToken } from '../upstream/oauth1.ts'
import { askForTokens } from '../upstream/oauth2.ts'
import { alwaysSealed, issue, proofWanted } from './issue.ts'
import { once, retryWindow } from './once.ts'

/** How long a code is remembered, in seconds: longer than it lives. */
const codeMemory = 90

/** Redeems a code (RFC 6749 §4.1.3, RFC 7636 §4.6). */
export async function redeemCode(
  exchange: Exchange,
  { request, client }: Call,
  app: AppConfig,
  params: ParamMap,
): Promise<Reply> {
  const sealed = params.get('code')
  if (sealed === undefined) throw invalidRequest('code is missing.')
  const verifier = params.get('code_verifier') ?? ''
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(verifier)) {
    throw invalidRequest('code_verifier is missing or malformed (RFC 7636 §4.1).')
  }
  const code = await exchange.sealer.open('code', sealed)
  if (!code || code.app !== app.name || code.client !== client.name) throw invalidGrant()
  const redirectUri = params.get('redirect_uri') ?? code.redirectUri
  if (redirectUri !== code.redirectUri) throw invalidGrant('another redirect_uri')
  if ((await exchange.crypto.sha256(verifier)) !== code.challenge)
    throw invalidGrant('another code_verifier')

  const proof = request.headers.get('dpop')
  const jkt =
    proof === null
      ? undefined
      : await checkProof(exchange, proof, {
          method: 'POST',
          url: `${client.issuer}/token`,
          nonce: 'when-late',
          status: 400,
        })
  if (code.dpopJkt !== undefined && jkt !== code.dpopJkt) {
    throw new OAuthError(
      400,
      'invalid_dpop_proof',
      'The code is bound to another key: send a proof by the key of dpop_jkt.',
    )
  }
  const provider = client.kind === 'oauth1' ? client.provider : await exchange.resolve(client)
  // Before the provider's code is spent.
  if (jkt === undefined && alwaysSealed(client, provider)) throw proofWanted()

  const question = { credential: sealed, jkt, seconds: codeMemory, strict: false }
  const redeemed = await once(exchange, question, () => redeemUpstream(exchange, client, code))
  // RFC 6749 §4.1.2: a code works once. Only the holder of the key may fetch a lost answer.
  const mayRepeat = jkt !== undefined && redeemed.jkt === jkt && redeemed.age <= retryWindow
  if (!redeemed.first && !mayRepeat) throw invalidGrant('code used before')
  const { granted } = redeemed
  return issue(exchange, { app: app.name, client, provider, granted, jkt })
}

async function redeemUpstream(
  exchange: Exchange,
  client: Call['client'],
  { upstream, scopes, nonce }: Code,
): Promise<Granted> {
  if ('code' in upstream) {
    if (client.kind !== 'oauth2') throw invalidGrant()
    const provider = await exchange.resolve(client)
    const { code, verifier: codeVerifier, learnt } = upstream
    const { callbackUri: redirectUri } = client
    const grant = {
      type: 'authorization_code',
      code,
      redirectUri,
      codeVerifier,
      asked: scopes,
    } as const
    return askForTokens(exchange, client, provider, grant, { scopes, nonce, learnt })
  }
  if (client.kind !== 'oauth1') throw invalidGrant()
  return askForAccessToken(exchange, client, upstream.requestToken, upstream.oauthVerifier)
}
