import type { ClientConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { DanceError } from '../errors.ts'
import { load } from '../lazy.ts'
import { resolveServer } from '../server/resolve.ts'
import { replaceSession } from '../session/sessions.ts'
import type { StoredSession } from '../storage/types.ts'
import type { Granted } from '../token/request.ts'

/**
 * Keeps what a refresh brought, unless someone signed out meanwhile.
 *
 * @throws DanceError `signed-out`, or `id-token-invalid` where the tokens are another person's
 */
export async function keepRefreshed(
  context: Context,
  client: ClientConfig,
  before: StoredSession,
  { tokens, scopes, idToken, apiOrigin }: Granted,
): Promise<StoredSession> {
  if (idToken !== undefined) await checkSubject(client, before, idToken, tokens.accessToken)
  const { refreshToken } = before.tokens
  const session = await replaceSession(context, client, before, {
    ...before,
    ...(apiOrigin !== undefined && { apiOrigin }),
    tokens: {
      // RFC 6749 §6: what the reply leaves out stays as it was.
      ...(refreshToken !== undefined && { refreshToken }),
      ...tokens,
      scopes: scopes ?? before.tokens.scopes,
    },
  })
  if (!session) {
    throw new DanceError('signed-out', 'The session was signed out while it was refreshed.', {
      client: client.name,
    })
  }
  const { account, tokens: fresh } = session
  context.events.emit('refreshed', {
    client: client.name,
    account,
    ...(fresh.expiresAt !== undefined && { expiresAt: fresh.expiresAt }),
  })
  return session
}

/** OpenID Connect Core 1.0 §12.2: the same person, from the same issuer. */
async function checkSubject(
  client: ClientConfig,
  { subject }: StoredSession,
  idToken: string,
  accessToken: string,
): Promise<void> {
  if (!subject) return
  const { checkIdToken, directOf } = await load(() => import('../parts/openid.ts'))
  const server = await resolveServer(client)
  const issuer = client.route === 'direct' ? server.issuer : undefined
  const claims = await checkIdToken(idToken, {
    client: client.name,
    issuer: issuer ?? subject.iss,
    nonce: undefined,
    direct: directOf(server, accessToken),
  })
  if (claims.iss === subject.iss && claims.sub === subject.sub) return
  throw new DanceError(
    'id-token-invalid',
    'The refreshed tokens are of another person, so they are not kept. Sign in again.',
    { client: client.name },
  )
}
