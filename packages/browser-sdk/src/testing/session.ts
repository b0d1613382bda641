import type { Profile } from '@spa-dance/providers'
import { DanceError } from '../errors.ts'
import { verbs } from '../session/verbs.ts'
import type { AccountState, Session } from '../types.ts'
import { accountOf } from './accounts.ts'
import type { TestAccount, TestRequest } from './types.ts'

/** What the session of a test dance needs of it. */
export interface SessionWorld {
  /** The account of a client, or the active one. */
  find(client: string, account: string | undefined): TestAccount | undefined
  /** What the state shows of them. */
  shown(client: string): readonly AccountState[]
  activate(client: string, account: TestAccount): void
  answer(asked: TestRequest): Promise<Response>
}

/** The methods of one account's session, which reach no network. */
export function testSession(
  client: string,
  account: string | undefined,
  { find, shown, activate, answer }: SessionWorld,
): Session {
  const who = (): TestAccount => {
    const found = find(client, account)
    if (found && !found.expired) return found
    const [code, what] = found
      ? (['session-expired', 'The session has ended'] as const)
      : (['signed-out', 'Nobody is signed in'] as const)
    throw new DanceError(code, `${what}. Call login("${client}").`, { client })
  }
  const entry = () => shown(client).find((one) => account === undefined || one.account === account)
  const fetch: Session['fetch'] = async (input, init) => {
    const known = accountOf(who())
    const target = input instanceof Request ? input : new URL(input, `https://${client}.test/`).href
    return answer({ client, account: known, request: new Request(target, init) })
  }
  return {
    client,
    ...verbs(client, fetch),
    activate: async () => {
      const found = find(client, account)
      if (!found)
        throw new DanceError('signed-out', `Nobody is signed in. Call login("${client}").`, {
          client,
        })
      activate(client, found)
    },
    get scopes() {
      return entry()?.scopes ?? []
    },
    get expiresAt() {
      return entry()?.expiresAt
    },
    accounts: () => shown(client),
    profile: async (): Promise<Profile> => {
      const { profile } = who()
      if (profile) return profile
      throw new DanceError('reply-unreadable', 'The test gave this account no profile.', { client })
    },
    getAccessToken: async ({ scopes = [] } = {}) => {
      const { scopes: granted = [], accessToken = 'test-token' } = who()
      const missing = scopes.filter((scope) => !granted.includes(scope))
      if (missing.length === 0) return accessToken
      throw new DanceError(
        'interaction-required',
        `The session has no token for ${missing.join(' ')}. Call login("${client}") again.`,
        { client },
      )
    },
  }
}
