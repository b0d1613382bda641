import type { ClientConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { load } from '../lazy.ts'
import type { Session } from '../types.ts'

const methods = [
  'fetch',
  'get',
  'post',
  'put',
  'patch',
  'delete',
  'json',
  'profile',
  'getAccessToken',
] as const

/**
 * The methods of one account's session, or of the active one's. Each waits until storage is read,
 * and then loads what it needs.
 */
export function createSession(
  client: ClientConfig,
  account: string | undefined,
  getContext: () => Promise<Context>,
): Session {
  const call =
    (method: (typeof methods)[number]) =>
    async (...given: unknown[]): Promise<unknown> => {
      const context = await getContext()
      const { sessionMethods } = await load(() => import('./methods.ts'))
      const act = sessionMethods(context, client, account)[method] as (
        ...all: unknown[]
      ) => Promise<unknown>
      return act(...given)
    }
  const all = Object.fromEntries(methods.map((method) => [method, call(method)]))
  return { client: client.name, ...all } as unknown as Session
}
