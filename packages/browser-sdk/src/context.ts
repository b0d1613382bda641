import type { ClientConfig, Config } from './config.ts'
import type { Events } from './events.ts'
import type { DanceError } from './errors.ts'
import type { Page } from './page.ts'
import type { Entry } from './snapshot.ts'
import type { Sessions } from './state.ts'
import type { Live } from './live.ts'
import type { DanceStorage } from './storage/types.ts'

/** What the parts of one dance share. */
export interface Context {
  readonly page: Page
  readonly config: Config
  readonly sessions: Sessions
  readonly events: Events
  readonly storage: DanceStorage
  /** Sessions that were read, so that a request needs no storage. */
  readonly live: Live
  /** Aborted by `destroy()`. */
  readonly destroyed: AbortSignal
  /** Shows the accounts of a client here and in the other tabs, and remembers them. */
  publish(client: ClientConfig, entries: readonly Entry[]): void
  /** Shows an error in the state, and tells the listeners. */
  report(error: DanceError, client?: string): void
}
