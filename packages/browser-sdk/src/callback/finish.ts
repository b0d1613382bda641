import type { ClientConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { assertCanDance } from '../login/can-dance.ts'
import { endInPopup, handOver } from '../popup/popup.ts'
import { restore } from '../session/restore.ts'
import { storeOf } from '../storage/store.ts'
import { readAnswer } from './answer.ts'
import { checkFlow, checkKind } from './checks.ts'
import type { Callback } from './recognise.ts'
import { signIn } from './sign-in.ts'

/**
 * Ends the login, or the sign-out at the provider, whose answer this page was opened with. A popup closes then.
 *
 * @param place gets where the login began, as soon as that is known
 * @throws DanceError as `signIn`
 */
export async function finishLogin(
  context: Context,
  callback: Callback,
  place: { returnTo: string },
): Promise<void> {
  const { client, query } = callback
  assertCanDance(context.page, client.name)
  // A storage of this tab alone has to say first who else is signed in.
  if (!context.storage.shared) await restore(context)
  const answer = readAnswer(callback)
  const { state } = answer
  const flow = await storeOf(context).flows.take(state)
  if (flow) place.returnTo = flow.returnTo
  else if (await handOver(context, client, state, query)) return
  // Reloaded, or come back to: the login has ended, and well.
  else if (isSignedIn(context, client)) return
  if (flow?.logout) return checkKind(client, checkFlow(client, flow), answer)
  const act = (): Promise<void> => signIn(context, client, flow, answer)
  await (flow?.popup ? endInPopup(context, client, state, act) : act())
}

const isSignedIn = ({ sessions }: Context, { name }: ClientConfig): boolean => {
  const entry = sessions.entries(name)?.[0]
  return entry !== undefined && !entry.expired
}
