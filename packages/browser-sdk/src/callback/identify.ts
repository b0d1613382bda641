import type { Profile } from '@spa-dance/providers'
import { load } from '../lazy.ts'
import { idTokenOf, type Server } from '../server/resolve.ts'
import type { Flow, StoredSession } from '../storage/types.ts'
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
  const wanted = idTokenOf(server.client.provider)
  const { account } = granted
  const named = account && { account: accountName(account, wanted?.issuer) }
  if (!wanted) return named ?? {}
  const { identifyByIdToken } = await load(() => import('../parts/openid.ts'))
  return { ...(await identifyByIdToken(server, flow, granted, wanted)), ...named }
}

/** A person's id, with its issuer where that is another than the declared one. */
const accountName = (
  { iss, id }: { iss?: string; id: string },
  issuer: string | undefined,
): string => (iss === undefined || iss === issuer ? id : `${iss} ${id}`)
