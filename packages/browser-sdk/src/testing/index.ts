import { DanceError } from '../errors.ts'
import { createEvents } from '../events.ts'
import { signingIn } from '../guarded.ts'
import { createSessions } from '../state.ts'
import type { Dance, LogoutResult, Session } from '../types.ts'
import { accountOf, ada, toAccounts, toEntry } from './accounts.ts'
import { testSession, type SessionWorld } from './session.ts'
import type { TestAccount, TestDance, TestDanceOptions, TestRequest } from './types.ts'

export type * from './types.ts'

/**
 * Makes a dance for the tests of an app: with the sessions that a test gives, and answers that it
 * scripts. It needs no browser, leaves no page, and is a `Dance` to components and bindings. A login
 * resolves at once with its session, whatever its mode.
 */
export function createTestDance<const Name extends string>(
  options: TestDanceOptions<Name>,
): TestDance<Name> {
  return testDance(options as TestDanceOptions) as unknown as TestDance<Name>
}

function testDance({
  clients,
  answer = () => new Response(null, { status: 404 }),
  login = () => ada,
}: TestDanceOptions): TestDance {
  const names = Object.keys(clients)
  const sessions = createSessions(Object.fromEntries(names.map((name) => [name, name])), undefined)
  const events = createEvents()
  const accounts = new Map<string, readonly TestAccount[]>()
  const requests: TestRequest[] = []
  const of = (client: string): readonly TestAccount[] => {
    const found = accounts.get(client)
    if (found) return found
    throw new DanceError('unknown-client', `There is no client "${client}": ${names.join(', ')}.`)
  }
  const set = (client: string, all: readonly TestAccount[]): void => {
    accounts.set(client, all)
    sessions.setEntries(client, all.map(toEntry))
  }
  for (const [name, given] of Object.entries(clients)) set(name, toAccounts(given))

  const facades = new Map<string, Session>()
  const session: Dance['session'] = (client, account) => {
    of(client)
    const key = JSON.stringify([client, account])
    const found =
      facades.get(key) ?? testSession(client, account, { find, shown, activate, answer: respond })
    facades.set(key, found)
    return found
  }
  const find: SessionWorld['find'] = (client, account) =>
    of(client).find((one) => account === undefined || accountOf(one) === account)
  const shown: SessionWorld['shown'] = (client) => sessions.entries(client) ?? []
  const activate: SessionWorld['activate'] = (client, active) =>
    set(client, [active, ...of(client).filter((one) => one !== active)])
  const respond: SessionWorld['answer'] = async (asked) => {
    requests.push(asked)
    const given = await answer(asked)
    return given instanceof Response ? given : Response.json(given)
  }
  const ask: typeof events.ask = (event, payload) =>
    events.ask(event, payload).catch((cause: unknown) => {
      throw new DanceError('login-cancelled', `The app stopped the login ("${event}").`, { cause })
    })

  const signOut = (client: string, account: string | undefined): LogoutResult['sessions'] => {
    const gone = of(client).filter((one) => account === undefined || accountOf(one) === account)
    set(
      client,
      of(client).filter((one) => !gone.includes(one)),
    )
    return gone.map((one) => {
      events.emit('loggedOut', { client, account: accountOf(one) })
      return { client, account: accountOf(one), revocation: 'skipped', provider: 'skipped' }
    })
  }

  return {
    requests,
    ready: Promise.resolve(null),
    session,
    login: async (client, given = {}) => {
      of(client)
      const who = await signingIn({ sessions, report }, client, async () => {
        const asked = { ...given }
        await ask('beforeLogin', { client, options: asked })
        const found = await login(client, asked)
        const account = accountOf(found)
        await ask('authorized', { client, account, scopes: found.scopes ?? [] })
        set(client, [found, ...of(client).filter((one) => accountOf(one) !== account)])
        return account
      })
      return session(client, who)
    },
    logout: async (client, { account } = {}) => ({
      sessions: (client === undefined ? names : [client]).flatMap((name) => signOut(name, account)),
    }),
    change: (client, given) => {
      set(client, toAccounts(given))
      events.emit('changed', { client })
    },
    expire: (client) => {
      const [active, ...others] = of(client)
      if (!active) return
      set(client, [{ ...active, expired: true }, ...others])
      events.emit('expired', { client, account: accountOf(active) })
    },
    getState: sessions.getState,
    getInitialState: sessions.getInitialState,
    subscribe: sessions.subscribe,
    on: events.on,
    destroy: events.clear,
  }

  function report(error: DanceError, client?: string): void {
    if (client !== undefined) sessions.setPassing(client, { error })
    events.emit('error', { ...(client !== undefined && { client }), error })
  }
}
