import type { OpenId, Profile } from '@spa-dance/providers'
import { readProfile } from '@spa-dance/providers/protocol'
import { DanceError } from '../errors.ts'
import type { Server } from '../server/resolve.ts'
import type { Flow } from '../storage/types.ts'
import { checkIdToken, directOf, type IdClaims } from '../token/id-token.ts'
import type { Granted } from '../token/request.ts'
import type { Identity } from './identify.ts'

/**
 * Whom the ID token of a reply names, if it came with one.
 *
 * @param wanted what it has to say
 * @throws DanceError `id-token-invalid`, also where there has to be one
 */
export async function identifyByIdToken(
  server: Server,
  flow: Flow,
  { idToken, tokens }: Granted,
  { issuer, claims: declared }: Pick<OpenId, 'issuer' | 'claims'>,
): Promise<Identity> {
  const { client } = server
  if (idToken === undefined) {
    if (declared || (client.route === 'direct' && flow.scopes.includes('openid'))) {
      throw new DanceError('id-token-invalid', 'No ID token came back. Ask for the scope openid.', {
        client: client.name,
      })
    }
    return {}
  }
  const claims = await checkIdToken(idToken, {
    client: client.name,
    issuer,
    nonce: flow.nonce,
    claims: declared,
    direct: directOf(server, tokens.accessToken),
  })
  const { iss, sub } = claims
  const profile = profileOf(claims, client)
  return { account: sub, subject: { iss, sub }, ...(profile && { profile }) }
}

/**
 * The claims have a profile if they have a name (OpenID Connect Core 1.0 §5.1), or if nobody else can
 * be asked for one.
 */
function profileOf(claims: IdClaims, { provider }: Server['client']): Profile | undefined {
  const name = claims['name'] ?? claims['preferred_username']
  const isAll = provider.protocol === 'oauth2' && provider.profile === undefined
  if (typeof name !== 'string' && !isAll) return undefined
  const { sub, email, picture } = claims
  return readProfile({ path: '', read: () => ({ id: sub, name, email, picture }) }, undefined)
}
