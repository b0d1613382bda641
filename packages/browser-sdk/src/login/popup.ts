import { readAnswer } from '../callback/answer.ts'
import { signIn } from '../callback/sign-in.ts'
import type { ClientConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { DanceError, toDanceError } from '../errors.ts'
import { openPopupChannel, type PopupMessage } from '../popup/channel.ts'
import { waitingLock } from '../popup/waiting.ts'
import { inFront, toEntry } from '../session/entries.ts'
import { restore } from '../session/restore.ts'
import { readSession } from '../session/sessions.ts'
import { storeOf } from '../storage/store.ts'
import type { LoginOptions } from '../types.ts'
import { beginLogin } from './begin.ts'
import { cancelled, givenUp, late, replaced } from './limits.ts'
import { watchPopup } from './watch-popup.ts'

/**
 * Signs in, in a popup, and waits for it. The popup ends the login by itself; what comes from it is
 * only that it has, and that is compared with the storage.
 *
 * @returns whose session it is now; undefined where nothing says so
 * @throws DanceError `login-cancelled` if the popup was closed, another login of this client began,
 *   or the app gave up; `flow-expired` after ten minutes; or what the popup says went wrong
 */
export async function logInByPopup(
  context: Context,
  client: ClientConfig,
  options: LoginOptions,
  popup: Window,
): Promise<string | undefined> {
  popup.moveTo(screenX + (outerWidth - 520) / 2, screenY + (outerHeight - 680) / 2)
  const over = new AbortController()
  const { closed, trust } = watchPopup(context, client, popup, over.signal)
  const limits = [
    givenUp(context, client, options, over.signal),
    replaced(client),
    late(client, over.signal),
    closed,
  ]
  let state: string | undefined
  try {
    const begun = await Promise.race([beginLogin(context, client, options, true), ...limits])
    state = begun.state
    const ended = untilEnd(context, client, state, trust, over.signal)
    // Not yet at the provider, so this can be believed.
    if (popup.closed) throw cancelled(client, 'The person closed the popup.')
    // Whoever it shows must not reach this page.
    popup.opener = null
    popup.location.replace(begun.url)
    context.sessions.setPassing(client.name, { signingIn: true })
    return await Promise.race([ended, ...limits])
  } catch (error) {
    // Nor is an answer taken that comes yet.
    if (state !== undefined && options.signal?.aborted) await storeOf(context).flows.take(state)
    throw error
  } finally {
    over.abort()
  }
}

/** Waits for what the popup says of the login. */
async function untilEnd(
  context: Context,
  client: ClientConfig,
  state: string,
  trust: () => void,
  over: AbortSignal,
): Promise<string | undefined> {
  const { account, error } = await new Promise<End>((resolve) => {
    const channel = openPopupChannel(client.name, state, (message) => {
      if (message.kind === 'end') resolve(message)
      else trust()
      if (message.kind !== 'answer') return
      void endHere(context, client, message.query).then((end) => {
        channel.tell(end)
        resolve(end)
      })
    })
    over.addEventListener('abort', () => channel.close())
    hold(waitingLock(state), over)
  })
  if (error) throw error
  // Nobody is signed in by a message: the popup has kept the session, or the person has none.
  context.live.drop(client.key)
  const session = await readSession(context, client.key + account)
  if (!session) {
    throw new DanceError('storage-failed', 'The popup could not keep the session. Sign in again.', {
      client: client.name,
      retryable: true,
    })
  }
  const known = context.sessions.entries(client.name) ?? []
  context.sessions.setEntries(client.name, inFront(known, toEntry(session)), { keep: false })
  void restore(context)
  return account === '' ? undefined : account
}

type End = Extract<PopupMessage, { kind: 'end' }>

/** Ends a login in this page, which alone has its flow. */
async function endHere(context: Context, client: ClientConfig, query: string): Promise<End> {
  try {
    const answer = readAnswer({ client, query, misplaced: false, cleanUrl: '' })
    await signIn(context, client, await storeOf(context).flows.take(answer.state), answer)
    return { kind: 'end', account: context.sessions.entries(client.name)?.[0]?.account ?? '' }
  } catch (error) {
    return { kind: 'end', account: '', error: toDanceError(error, client.name) }
  }
}

/** Holds a lock until it is over. */
function hold(name: string, over: AbortSignal): void {
  const held = navigator.locks?.request(name, { signal: over }, () => {
    return new Promise<void>((resolve) => over.addEventListener('abort', () => resolve()))
  })
  held?.catch(() => undefined)
}
