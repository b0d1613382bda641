import type { ClientConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { load } from '../lazy.ts'
import type { Session } from '../types.ts'
import type * as part from './part.ts'

type Part = typeof part

/**
 * The methods of one account's session, or of the latest login's. Each waits until storage is read,
 * and then loads what it needs.
 */
export function createSession(
  client: ClientConfig,
  account: string | undefined,
  getContext: () => Promise<Context>,
): Session {
  const loaded = async (): Promise<[Context, Part]> => [
    await getContext(),
    await load(() => import('./part.ts')),
  ]
  const fetch: Session['fetch'] = async (input, init) => {
    const [context, { send }] = await loaded()
    return send(context, client, account, input, init)
  }
  const withBody =
    (method: string): Session['post'] =>
    (path, body = null, init = {}) =>
      fetch(path, { ...init, method, body })
  const withoutBody =
    (method: string): Session['get'] =>
    (path, init) =>
      fetch(path, { ...init, method })
  return {
    client: client.name,
    fetch,
    get: withoutBody('GET'),
    post: withBody('POST'),
    put: withBody('PUT'),
    patch: withBody('PATCH'),
    delete: withoutBody('DELETE'),
    json: async <T>(path: string, init?: RequestInit) => {
      const [context, { send, json }] = await loaded()
      return (await json(client, await send(context, client, account, path, init))) as T
    },
    profile: async () => {
      const [context, { fetchProfile }] = await loaded()
      return fetchProfile(context, client, account)
    },
    getAccessToken: async (options = {}) => {
      const [context, { accessToken }] = await loaded()
      return accessToken(context, client, account, options)
    },
  }
}
