import { DanceError, type DanceErrorCode } from '../errors.ts'

/** What a popup and the page that waits for it say to each other about one login. No token. */
export type PopupMessage =
  /** The popup is back, and works on the answer. */
  | { readonly kind: 'working' }
  /** The popup is back, but the login is kept by the page alone: here is its answer. */
  | { readonly kind: 'answer'; readonly query: string }
  /** It has ended, and who has signed in unless there is an error. */
  | { readonly kind: 'end'; readonly account: string; readonly error?: DanceError }

/** The way between the two, which no Cross-Origin-Opener-Policy cuts. */
export interface PopupChannel {
  tell(message: PopupMessage): void
  close(): void
}

/**
 * Opens the way for one login. Only pages of this origin are on it, and of those only who knows the
 * login's `state` is heard.
 */
export function openPopupChannel(
  client: string,
  state: string,
  onMessage: (message: PopupMessage) => void,
): PopupChannel {
  const channel = new BroadcastChannel('spa-dance:popup')
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const message = Object(data).state === state ? read(client, Object(data)) : undefined
    if (message) onMessage(message)
  })
  return {
    tell: (message) => {
      const sent = message.kind === 'end' ? { ...message, ...plain(message.error) } : message
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target
      channel.postMessage({ v: 1, state, ...sent })
    },
    close: () => channel.close(),
  }
}

/** A clone of an error would lose its members. */
function plain(error: DanceError | undefined): object {
  if (!error) return {}
  const { code, message, retryable, status } = error
  return { error: { code, message: message.replace(/^(\[[^\]]*\] )+/, ''), retryable, status } }
}

type Fields = Readonly<Record<string, unknown>>

function read(client: string, fields: Fields): PopupMessage | undefined {
  const { v, kind, query, account, error } = fields
  if (v !== 1) return undefined
  if (kind === 'working') return { kind }
  if (kind === 'answer' && typeof query === 'string') return { kind, query }
  if (kind !== 'end' || typeof account !== 'string') return undefined
  return { kind, account, ...(error !== undefined && { error: toError(client, Object(error)) }) }
}

function toError(client: string, { code, message, retryable, status }: Fields): DanceError {
  return new DanceError(String(code) as DanceErrorCode, String(message), {
    client,
    retryable: retryable === true,
    ...(typeof status === 'number' && { status }),
  })
}
