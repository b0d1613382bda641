import type { ClientConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { late, once } from '../late.ts'
import { loadSessions } from '../parts.ts'
import type { Session } from '../types.ts'

/**
 * One account's session, or the active one's. Its methods wait until storage is read, and then load
 * what they need.
 */
export function createSession(
  client: ClientConfig,
  account: string | undefined,
  getContext: () => Promise<Context>,
  accounts: Session['accounts'],
): Session {
  const shown = () => accounts().find((one) => account === undefined || one.account === account)
  const open = once(async () => {
    const [context, { sessionMethods }] = await Promise.all([getContext(), loadSessions()])
    return sessionMethods(context, client, account)
  })
  const methods = late(
    [
      'fetch',
      'get',
      'post',
      'put',
      'patch',
      'delete',
      'json',
      'profile',
      'getAccessToken',
      'activate',
    ],
    open,
  )
  return {
    ...methods,
    client: client.name,
    get scopes() {
      return shown()?.scopes ?? []
    },
    get expiresAt() {
      return shown()?.expiresAt
    },
    accounts,
  }
}
