import type { ClientConfig } from '../config.ts'
import type { Context } from '../context.ts'
import type { Session } from '../types.ts'
import { accessToken } from './access.ts'
import { activate } from './activate.ts'
import { json } from './json.ts'
import { fetchProfile } from './profile.ts'
import { send } from './request.ts'

/** What a session's methods do, loaded with the first use of one. */
export function sessionMethods(
  context: Context,
  client: ClientConfig,
  account: string | undefined,
): Omit<Session, 'client' | 'scopes' | 'expiresAt' | 'accounts'> {
  const fetch: Session['fetch'] = (input, init) => send(context, client, account, input, init)
  const withBody =
    (method: string): Session['post'] =>
    (path, body = null, init = {}) =>
      fetch(path, { ...init, method, body })
  const withoutBody =
    (method: string): Session['get'] =>
    (path, init) =>
      fetch(path, { ...init, method })
  return {
    fetch,
    get: withoutBody('GET'),
    post: withBody('POST'),
    put: withBody('PUT'),
    patch: withBody('PATCH'),
    delete: withoutBody('DELETE'),
    json: async <T>(path: string, init?: RequestInit) =>
      (await json(client, await fetch(path, init))) as T,
    profile: () => fetchProfile(context, client, account),
    getAccessToken: (options = {}) => accessToken(context, client, account, options),
    activate: async () => activate(context, client, account),
  }
}
