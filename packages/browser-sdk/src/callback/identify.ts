import type { Profile } from '@spa-dance/providers'
import { readProfile } from '@spa-dance/providers/protocol'
import { DanceError } from '../errors.ts'
import type { Server } from '../server/resolve.ts'
import type { Flow, StoredSession } from '../storage/types.ts'
import { checkIdToken, directOf, idTokenOf, type IdClaims } from '../token/id-token.ts'
import type { Granted } from '../token/request.ts'

/** Who has signed in, as far as the tokens say. */
export interface Identity {
  readonly account?: string
  readonly subject?: NonNullable<StoredSession['subject']>
  readonly profile?: Profile
}

/**
 * Whose tokens these are: the subject of the ID token, else whom the reply names.
 *
 * @throws DanceError `id-token-invalid`
 */
export async function identify(server: Server, flow: Flow, granted: Granted): Promise<Identity> {
  const { client } = server
  const wanted = idTokenOf(client.provider)
  const { account, idToken } = granted
  const named = account && { account: accountName(account, wanted?.issuer) }
  if (!wanted) return named ?? {}
  const { issuer, claims: declared } = wanted
  if (idToken === undefined) {
    if (declared || (client.route === 'direct' && flow.scopes.includes('openid'))) {
      throw new DanceError('id-token-invalid', 'No ID token came back. Ask for the scope openid.', {
        client: client.name,
      })
    }
    return named ?? {}
  }
  const claims = await checkIdToken(idToken, {
    client: client.name,
    issuer,
    nonce: flow.nonce,
    claims: declared,
    direct: directOf(server, granted.tokens.accessToken),
  })
  const { iss, sub } = claims
  const profile = profileOf(claims, client)
  return { account: sub, ...named, subject: { iss, sub }, ...(profile && { profile }) }
}

/** A person's id, with its issuer where that is another than the declared one. */
const accountName = (
  { iss, id }: { iss?: string; id: string },
  issuer: string | undefined,
): string => (iss === undefined || iss === issuer ? id : `${iss} ${id}`)

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
