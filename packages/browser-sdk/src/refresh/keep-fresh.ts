import type { ClientConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { usableSession } from '../session/access.ts'
import { readSession } from '../session/sessions.ts'
import { leadTime } from './expiry.ts'
import { refreshWait } from './refreshing.ts'

const shortestNap = 1_000
/** Timers of browsers end at 2^31 ms, and stand still while the machine sleeps. */
const longestNap = 600_000

/**
 * Renews what is about to end, as long as the page is visible; and says when a session that can't
 * be renewed has ended. To be called once: see `keepFreshSoon`.
 */
export function keepFresh(context: Context): void {
  const { destroyed, sessions, config } = context
  if (destroyed.aborted) return
  const isIdle = (): boolean => destroyed.aborted || document.visibilityState !== 'visible'
  const timers = new Set<ReturnType<typeof setTimeout>>()
  let latest = 0

  const plan = (): void => {
    latest += 1
    timers.forEach(clearTimeout)
    timers.clear()
    if (isIdle()) return
    for (const client of config.clients.values()) {
      for (const { account, expiresAt } of sessions.entries(client.name) ?? []) {
        if (expiresAt !== undefined) void wake(client, account, latest)
      }
    }
  }
  const wake = async (client: ClientConfig, account: string, planned: number): Promise<void> => {
    const wait = await untilDue(context, client, account)
    if (wait === undefined || planned !== latest) return
    timers.add(setTimeout(() => void attend(client, account), Math.min(wait, longestNap)))
  }
  const attend = async (client: ClientConfig, account: string): Promise<void> => {
    if (isIdle()) return
    // Why it failed is told by the events, and it is tried again.
    await usableSession(context, client, account).catch(() => undefined)
    plan()
  }

  const undo = sessions.subscribe(plan)
  document.addEventListener('visibilitychange', plan)
  addEventListener('online', plan)
  destroyed.addEventListener('abort', () => {
    plan()
    undo()
    document.removeEventListener('visibilitychange', plan)
    removeEventListener('online', plan)
  })
  plan()
}

/** In ms: until its lead time, and a little later by chance, so that tabs don't all wake at once. */
async function untilDue(
  context: Context,
  client: ClientConfig,
  account: string,
): Promise<number | undefined> {
  const key = client.key + account
  const session = await readSession(context, key).catch(() => undefined)
  if (session?.tokens.expiresAt === undefined) return undefined
  const { tokens } = session
  const lead = tokens.refreshToken === undefined ? 0 : leadTime(tokens) * (1 - Math.random() / 5)
  const due = session.tokens.expiresAt - lead - Date.now()
  return Math.max(due, refreshWait(context, key), shortestNap)
}
