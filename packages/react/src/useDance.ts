import type {
  LoginOptions,
  LogoutOptions,
  LogoutResult,
  Session,
  SessionState,
} from '@spa-dance/browser-sdk'
import { useContext, useMemo } from 'react'
import { useStore } from 'zustand/react'
import { DanceContext } from './DanceProvider.ts'
import type { ClientName, RegisteredDance } from './register.ts'

/**
 * One client as a component sees it: its state, and what can be done with it. The functions stay
 * the same from render to render, so they may stand in the dependencies of an effect.
 */
export interface DancePartner
  extends
    SessionState,
    Omit<Session, 'activate' | 'profile' | 'scopes' | 'expiresAt' | 'accounts'> {
  /** The session of the active account; its `profile()` asks the provider anew. */
  readonly session: Session
  /**
   * Leaves the page for the provider's, or opens a popup (`mode`). What goes wrong is in `error` too.
   */
  readonly login: (options?: LoginOptions) => Promise<Session>
  /** Forgets the session first, then revokes it where that ends this token alone. */
  readonly logout: (options?: LogoutOptions) => Promise<LogoutResult>
  /** Makes another of the `accounts` the active one. */
  readonly activate: (account: string) => Promise<void>
}

/**
 * The dance of the nearest `DanceProvider`; with a client's name, that client.
 *
 * With a name the component renders again when what may be shown of that client has changed, and
 * at no other time; without one, never. While rendering on a server and while hydrating the status
 * is `loading`.
 *
 * @throws Error if there is no `DanceProvider` above.
 * @throws DanceError `unknown-client` if the dance has no client of that name.
 */
export function useDance(): RegisteredDance
export function useDance(name: ClientName): DancePartner
export function useDance(name?: ClientName): RegisteredDance | DancePartner {
  const dance = useContext(DanceContext)
  if (dance === null) {
    throw new Error('useDance() found no dance. Wrap the app in <DanceProvider dance={dance}>.')
  }
  const acts = useMemo(() => (name === undefined ? null : actsOf(dance, name)), [dance, name])
  const state = useStore(dance, ({ sessions }) => (name === undefined ? null : sessions[name]))
  return useMemo(() => (acts && state ? { ...acts, ...state } : dance), [dance, acts, state])
}

const actsOf = (dance: RegisteredDance, name: ClientName) => {
  const session = dance.session(name)
  // The state says these, and renders again when they change.
  const { profile: _p, scopes: _s, expiresAt: _e, accounts: _a, ...requests } = session
  return {
    ...requests,
    session,
    login: (options?: LoginOptions) => dance.login(name, options),
    logout: (options?: LogoutOptions) => dance.logout(name, options),
    activate: (account: string) => dance.session(name, account).activate(),
  }
}
