import { github } from '@spa-dance/providers/github'
import { onTestFinished, vi } from 'vitest'
import { readConfig } from '../config.ts'
import { danceIn } from '../dance.ts'
import type { Dance, DanceOptions, LoginOptions, Session } from '../types.ts'
import { indexedDbStorage } from '../storage/indexed-db.ts'
import { fakePage, type FakePage, type FakePageOptions } from './fake-page.ts'
import type { FakePopup } from './fake-popup.ts'
import { fakeServer, jsonReply, type FakeServer } from './fake-server.ts'

export const exchange = 'https://exchange.test'
let count = 0

/** One browser with one site: pages come and go, storage stays. */
export interface Browser {
  readonly server: FakeServer
  readonly database: string
  readonly options: DanceOptions
  /** Opens a page with the app in it. */
  open(
    path: string,
    options?: Partial<DanceOptions>,
    page?: FakePageOptions,
  ): { page: FakePage; dance: Dance }
  /** Signs in from start to end, and gives the page after it. */
  signIn(client?: string): Promise<{ page: FakePage; dance: Dance; callback: string }>
}

/** A site with GitHub behind the exchange. All it leaves is removed after the test. */
export function openBrowser(more: Partial<DanceOptions> = {}): Browser {
  count += 1
  const database = `spa-dance-test-${Date.now()}-${count}`
  const server = fakeServer()
  const options: DanceOptions = {
    exchange: `${exchange}/${database}`,
    clients: { github: { provider: github() } },
    storage: indexedDbStorage({ name: database }),
    ...more,
  }
  const dances: Dance[] = []
  onTestFinished(async () => {
    dances.forEach((dance) => dance.destroy())
    vi.unstubAllGlobals()
    // Other test files share this origin, and run at the same time.
    for (const { key } of readConfig(options, location.origin).clients.values()) {
      localStorage.removeItem(`spa-dance:${key}`)
    }
    await new Promise((resolve) => {
      const request = indexedDB.deleteDatabase(database)
      for (const end of ['success', 'error', 'blocked']) request.addEventListener(end, resolve)
    })
  })
  let codes = 0
  server.route(`${exchange}/${database}/github/token`, () => {
    codes += 1
    return jsonReply(exchangeReply(codes))
  })
  server.route('https://api.github.com/user', () => jsonReply({ id: 7, login: 'ada' }))

  const open: Browser['open'] = (path, changed = {}, about = {}) => {
    const page = fakePage(path, about)
    const dance = danceIn(page, { ...options, ...changed })
    dances.push(dance)
    return { page, dance }
  }
  return {
    server,
    database,
    options,
    open,
    signIn: async (client = 'github') => {
      const { callback } = await begin(open('/start?tab=1#top'), client)
      const back = open(callback)
      await back.dance.ready
      return { ...back, callback }
    },
  }
}

/** What the exchange answers: an access token that lives an hour, and a handle. */
export const exchangeReply = (n: number): Record<string, unknown> => ({
  access_token: `access-canary-${n}`,
  token_type: 'Bearer',
  expires_in: 3600,
  scope: 'read:user',
  refresh_token: `handle-canary-${n}`,
})

/** What text storages hold of one browser's site. */
export function textsOf({ database }: Browser): Record<string, string> {
  const all = Object.entries({ ...localStorage, ...sessionStorage }) as [string, string][]
  return Object.fromEntries(all.filter((pair) => pair.join(' ').includes(database)))
}

/** Begins a login; resolves with the URL that the server would send the person back to. */
export async function begin(
  { page, dance }: { page: FakePage; dance: Dance },
  client = 'github',
): Promise<{ callback: string; request: URL }> {
  dance.login(client).catch(() => undefined)
  await vi.waitUntil(() => page.left.length > 0, { timeout: 10_000 })
  const request = new URL(page.left.at(-1) ?? '')
  return { request, callback: answerTo(request, { code: 'code-canary' }) }
}

/** A login in a popup: what became of it, the popup, and what its server would answer. */
export interface PopupLogin {
  readonly outcome: Promise<Session>
  readonly popup: FakePopup
  readonly request: URL
  readonly callback: string
}

/** Begins a login in a popup; resolves once that is at the server. */
export async function beginInPopup(
  { page, dance }: { page: FakePage; dance: Dance },
  options: LoginOptions = {},
  client = 'github',
): Promise<PopupLogin> {
  const outcome = dance.login(client, { mode: 'popup', ...options })
  outcome.catch(() => undefined)
  const popup = page.popups.at(-1)
  if (!popup) throw new Error('the popup has to be opened before anything is awaited')
  await vi.waitUntil(() => popup.went.length > 0, { timeout: 10_000 })
  const request = new URL(popup.went[0] ?? '')
  return { outcome, popup, request, callback: answerTo(request, { code: 'code-canary' }) }
}

/** The answer to an authorization request, as the exchange gives it. */
export function answerTo(request: URL, params: Readonly<Record<string, string>>): string {
  const back = new URL(request.searchParams.get('redirect_uri') ?? '')
  const iss = request.origin + request.pathname.replace(/\/authorize$/, '')
  const all = { state: request.searchParams.get('state') ?? '', iss, ...params }
  for (const [name, value] of Object.entries(all)) back.searchParams.set(name, value)
  return back.href
}
