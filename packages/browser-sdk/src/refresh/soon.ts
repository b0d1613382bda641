import type { Context } from '../context.ts'
import { toDanceError } from '../errors.ts'
import { loadRefresh } from '../parts.ts'

/** What a page has for showing itself first, in ms. */
const breath = 1_000

const begun = new WeakSet<Context>()

/**
 * Keeps sessions fresh that end at some time, from soon on. The part that does it is hardly ever needed at
 * once, but is loaded while this page is young: once the site is deployed anew, it may be gone.
 */
export function keepFreshSoon(context: Context): void {
  const { config, sessions, destroyed } = context
  const clients = [...config.clients.values()]
  const ends = clients.some(({ name }) =>
    sessions.entries(name)?.some(({ expiresAt }) => expiresAt !== undefined),
  )
  if (!ends || begun.has(context) || destroyed.aborted) return
  begun.add(context)
  const begin = async (): Promise<void> => {
    try {
      const { keepFresh } = await loadRefresh()
      keepFresh(context)
    } catch (error) {
      begun.delete(context)
      context.report(toDanceError(error))
    }
  }
  const timer = setTimeout(() => void begin(), breath)
  destroyed.addEventListener('abort', () => clearTimeout(timer))
}
