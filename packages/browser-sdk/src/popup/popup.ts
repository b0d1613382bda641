import type { ClientConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { toDanceError } from '../errors.ts'
import { openPopupChannel } from './channel.ts'

/** How long a popup waits for the page to end a login, in ms: longer than a token request may take. */
const handOverLimit = 60_000

/**
 * Ends a login in its popup: tells the page that waits for it how it went, if there still is one,
 * and closes. Where the popup can't be closed it goes on as a page of the app.
 */
export async function endInPopup(
  context: Context,
  client: ClientConfig,
  state: string,
  act: () => Promise<void>,
): Promise<void> {
  const channel = openPopupChannel(client.name, state, () => {})
  const end = async (error?: unknown): Promise<void> => {
    const { account = '' } = context.sessions.entries(client.name)?.[0] ?? {}
    const failed = error === undefined ? {} : { error: toDanceError(error, client.name) }
    channel.tell({ kind: 'end', account, ...failed })
    channel.close()
    await closed(context)
  }
  channel.tell({ kind: 'working' })
  try {
    await act()
  } catch (error) {
    await end(error)
    throw error
  }
  await end()
}

/**
 * Hands the answer over to the page that waits for it, where that page alone has the flow: its
 * storage is its own.
 *
 * @returns false where nobody came to an end
 */
export async function handOver(
  context: Context,
  client: ClientConfig,
  state: string,
  query: string,
): Promise<boolean> {
  const ended = await new Promise<boolean>((resolve) => {
    const channel = openPopupChannel(client.name, state, ({ kind }) => {
      if (kind === 'end') finish(true)
    })
    const timer = setTimeout(() => finish(false), handOverLimit)
    const finish = (done: boolean): void => {
      clearTimeout(timer)
      channel.close()
      resolve(done)
    }
    channel.tell({ kind: 'answer', query })
  })
  if (ended) await closed(context)
  return ended
}

/** Closes this page, and then never resolves: nothing more is to be seen of it. */
async function closed({ page }: Context): Promise<void> {
  if (page.close()) await new Promise(() => {})
}
