import { recognise, type Callback } from './callback/recognise.ts'
import { clientOf, readConfig } from './config.ts'
import type { Context } from './context.ts'
import { toDanceError, type DanceError } from './errors.ts'
import { createEvents, isolated } from './events.ts'
import { signingIn } from './guarded.ts'
import { inertDance } from './inert.ts'
import { load } from './lazy.ts'
import { createLive } from './live.ts'
import { currentPage, type Page } from './page.ts'
import { loadLogin, loadSessions } from './parts.ts'
import { createSession } from './session/facade.ts'
import { localSnapshot } from './snapshot.ts'
import { createSessions } from './state.ts'
import { indexedDbStorage } from './storage/indexed-db.ts'
import { openTabs, type Announcement } from './tabs.ts'
import type { Dance, DanceOptions, LogoutResult, ReadyResult, Session } from './types.ts'

/**
 * Makes an app's dance. Make it once, outside any component; it reads this page's URL at once, in
 * case that is the end of a login.
 *
 * @throws DanceError `config-invalid` that lists everything wrong with the options
 */
export function createDance<const Name extends string>(options: DanceOptions<Name>): Dance<Name> {
  return danceIn(currentPage(), options) as unknown as Dance<Name>
}

/** Answers that are being worked on, by client: another dance in this page waits for them too. */
const answering = new Map<string, Promise<ReadyResult>>()

/** @param page undefined on a server, where a dance shows that it is loading, and does nothing */
export function danceIn(page: Page | undefined, options: DanceOptions): Dance {
  const config = readConfig(options, page?.origin)
  if (!page) return inertDance(config)
  const clients = [...config.clients.values()]
  const callback = recognise(config, page.href())
  // Before anything else: a code in the URL is for the history, and for every script there is.
  if (callback) page.replaceUrl(callback.cleanUrl)

  const storage = options.storage ?? indexedDbStorage({ name: config.place })
  const events = createEvents()
  const live = createLive()
  const keys = Object.fromEntries(clients.map((client) => [client.name, client.key]))
  const snapshot = localSnapshot()
  const sessions = createSessions(keys, storage.shared ? snapshot : undefined)
  const mayBeSignedIn = (): boolean =>
    clients
      .map(({ name }) => sessions.entries(name))
      .some((entries) => !entries || entries.some(({ expired }) => !expired))
  // At once: of all that a page waits for here, a browser takes longest to open a database.
  if (mayBeSignedIn()) storage.open?.()
  const ending = new AbortController()
  const destroyed = ending.signal

  const heard = ({ key, entries }: Announcement): void => {
    const client = clients.find((one) => one.key === key)
    if (!client) return
    live.drop(key)
    sessions.setEntries(client.name, entries, { keep: false })
    events.emit('changed', { client: client.name })
    if (entries.some(({ expired }) => !expired)) void restore()
  }
  const tabs = storage.shared ? openTabs(config.place, heard) : undefined
  const context: Context = {
    page,
    config,
    sessions,
    events,
    storage,
    live,
    destroyed,
    publish: (client, entries) => {
      sessions.setEntries(client.name, entries)
      tabs?.announce({ key: client.key, entries })
    },
    report: (error, client) => {
      if (client !== undefined) sessions.setPassing(client, { error })
      events.emit('error', { ...(client !== undefined && { client }), error })
    },
  }

  const restore = async (): Promise<void> => {
    if (!mayBeSignedIn()) return
    try {
      const part = await loadSessions()
      await part.restore(context)
    } catch (error) {
      context.report(toDanceError(error))
      for (const { name } of clients) {
        sessions.setEntries(name, sessions.entries(name) ?? [], { keep: false })
      }
    }
  }

  const reread = (): void => {
    live.drop('')
    for (const client of storage.shared ? clients : []) {
      const entries = snapshot.read(client.key)
      if (entries) sessions.setEntries(client.name, entries, { keep: false })
    }
  }
  const shownAgain = page.onShownAgain(reread)

  const getReady = async (): Promise<ReadyResult | null> => {
    const other = clients.map((client) => answering.get(client.key)).find(Boolean)
    if (!callback) {
      const result = (await other) ?? null
      if (other) reread()
      await restore()
      return result
    }
    const answered = answer(context, callback, options.navigate)
    const key = callback.client.key
    answering.set(key, answered)
    const result = await answered
    answering.delete(key)
    await restore()
    return result
  }
  const ready = getReady()
  const whenReady = async (): Promise<Context> => {
    await ready
    return context
  }

  const facades = new Map<string, Session>()
  const session: Dance['session'] = (name, account) => {
    const client = clientOf(config, name)
    const key = JSON.stringify([name, account])
    const found =
      facades.get(key) ??
      createSession(client, account, whenReady, () => sessions.entries(name) ?? [])
    facades.set(key, found)
    return found
  }
  return {
    ready,
    login: async (name, given = {}) => {
      const client = clientOf(config, name)
      // Before anything is awaited: later it would not come from the click any more.
      const popup = given.mode === 'popup' && !page.framed ? page.openPopup() : undefined
      try {
        await ready
        const account = await signingIn(context, name, async () => {
          const { logIn } = await loadLogin()
          return logIn(context, client, given, popup)
        })
        return session(name, account)
      } finally {
        popup?.close()
      }
    },
    logout: async (name, given = {}): Promise<LogoutResult> => {
      const chosen = name === undefined ? clients : [clientOf(config, name)]
      await ready
      const connected = chosen.filter((client) => sessions.entries(client.name)?.length !== 0)
      if (connected.length === 0) return { sessions: [] }
      const { logOut } = await load(() => import('./logout/logout.ts'))
      return logOut(context, connected, given)
    },
    session,
    getState: sessions.getState,
    getInitialState: sessions.getInitialState,
    subscribe: sessions.subscribe,
    on: events.on,
    destroy: () => {
      ending.abort()
      // A login that is about to end has something to say yet.
      void ready.then(() => tabs?.close())
      shownAgain()
      events.clear()
    },
  }
}

/** Works on an answer to a login, then puts the page where the login began. */
async function answer(
  context: Context,
  { client, ...callback }: Callback,
  navigate: DanceOptions['navigate'],
): Promise<ReadyResult> {
  const { name } = client
  const found: { returnTo: string } = { returnTo: context.config.home }
  const error = await signingIn(context, name, async () => {
    const { finishLogin } = await loadLogin()
    await finishLogin(context, { client, ...callback }, found)
  }).then(
    () => undefined,
    (failure: DanceError) => failure,
  )
  const { returnTo } = found
  if (navigate) isolated(() => navigate(returnTo))
  else context.page.replaceUrl(returnTo)
  return { client: name, returnTo, ...(error && { error }) }
}
