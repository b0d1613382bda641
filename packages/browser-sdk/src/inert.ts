import { clientOf, type Config } from './config.ts'
import { DanceError } from './errors.ts'
import { createSession } from './session/facade.ts'
import { createSessions } from './state.ts'
import type { Dance } from './types.ts'

/** A dance where there is no page: it shows that it is loading, and does nothing. */
export function inertDance(config: Config): Dance {
  const keys = Object.fromEntries([...config.clients.keys()].map((name) => [name, name]))
  const { getState, getInitialState } = createSessions(keys, undefined)
  const refuse = async (): Promise<never> => {
    throw new DanceError('unsupported-environment', 'There is no page here. Use it in a browser.')
  }
  return {
    ready: Promise.resolve(null),
    login: refuse,
    logout: refuse,
    session: (name, account) => createSession(clientOf(config, name), account, refuse, () => []),
    getState,
    getInitialState,
    subscribe: () => () => {},
    on: () => () => {},
    destroy: () => {},
  }
}
