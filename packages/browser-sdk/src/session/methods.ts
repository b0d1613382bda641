import type { ClientConfig } from '../config.ts'
import type { Context } from '../context.ts'
import type { Session } from '../types.ts'
import { accessToken } from './access.ts'
import { activate } from './activate.ts'
import { fetchProfile } from './profile.ts'
import { send } from './request.ts'
import { verbs } from './verbs.ts'

/** What a session's methods do, loaded with the first use of one. */
export function sessionMethods(
  context: Context,
  client: ClientConfig,
  account: string | undefined,
): Omit<Session, 'client' | 'scopes' | 'expiresAt' | 'accounts'> {
  return {
    ...verbs(client.name, (input, init) => send(context, client, account, input, init)),
    profile: () => fetchProfile(context, client, account),
    getAccessToken: (options = {}) => accessToken(context, client, account, options),
    activate: async () => activate(context, client, account),
  }
}
