import type { Context } from 'hono'
import { OAuthError } from './errors.ts'
import type { Call, Exchange } from './exchange.ts'
import { errorPage, type Reply } from './reply.ts'

/** What a handler is given of its call beside the slot. */
type Asked = Omit<Call, 'keepSlot'>

/**
 * Runs the handler of a client for a caller who does not ask too often, where there is room for it.
 *
 * @param asPage whether a person is at the other end, and not a program
 * @throws OAuthError 429 or 503
 */
export async function admit(
  { limits, slots, addressOf }: Exchange,
  c: Context,
  asked: Asked,
  asPage: boolean,
  handler: (call: Call) => Promise<Reply>,
): Promise<Reply> {
  const { name } = asked.client
  try {
    await limits.byAddress(name, () => addressOf?.(asked.request, c.env))
  } catch (error) {
    if (asPage && error instanceof OAuthError) return tooManyPage(error)
    throw error
  }
  const free = slots.take(name)
  let kept = false
  const keepSlot = (): (() => void) => {
    kept = true
    return free
  }
  try {
    return await handler({ ...asked, keepSlot })
  } finally {
    if (!kept) free()
  }
}

function tooManyPage({ code, status, headers }: OAuthError): Reply {
  const page = errorPage(code, 'Too many sign-ins came from your network. Wait a minute.')
  return { ...page, status, headers: { ...page.headers, ...headers } }
}
