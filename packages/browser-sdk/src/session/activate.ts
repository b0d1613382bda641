import type { ClientConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { inFront } from './entries.ts'
import { signedOut } from './sessions.ts'

/** Puts an account before the others: the one named. @throws DanceError `signed-out` where there is none such */
export function activate(
  context: Context,
  client: ClientConfig,
  account: string | undefined,
): void {
  const entries = context.sessions.entries(client.name) ?? []
  const entry = entries.find((one) => account === undefined || one.account === account)
  if (!entry) throw signedOut(client.name)
  context.publish(client, inFront(entries, entry))
}
