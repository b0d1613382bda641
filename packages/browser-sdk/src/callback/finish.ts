import type { ClientConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { load } from '../lazy.ts'
import { assertCanDance } from '../login/can-dance.ts'
import { isAwaited } from '../popup/waiting.ts'
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
  else if (await handedOver(context, client, state, query)) return
  // Reloaded, or come back to: the login has ended, and well.
  else if (isSignedIn(context, client)) return
  if (flow?.logout) return checkKind(client, checkFlow(client, flow), answer)
  const act = (): Promise<void> => signIn(context, client, flow, answer)
  if (!flow?.popup) return act()
  const { endInPopup } = await load(() => import('../parts/popup.ts'))
  await endInPopup(context, client, state, act)
}

async function handedOver(
  context: Context,
  client: ClientConfig,
  state: string,
  query: string,
): Promise<boolean> {
  if (!(await isAwaited(state))) return false
  const { handOver } = await load(() => import('../parts/popup.ts'))
  return handOver(context, client, state, query)
}

const isSignedIn = ({ sessions }: Context, { name }: ClientConfig): boolean => {
  const entry = sessions.entries(name)?.[0]
  return entry !== undefined && !entry.expired
}
