import { createStore } from 'zustand/vanilla'
import { type DanceError } from './errors.ts'
import { isolated } from './events.ts'
import type { Entry, Snapshot } from './snapshot.ts'
import type { DanceState, SessionState } from './types.ts'

/** What passes by: it belongs to this page, and is not kept. */
interface Passing {
  readonly signingIn?: boolean
  readonly error?: DanceError | undefined
}

/** The observable state, and the entries it is made of. */
export interface Sessions {
  getState(): DanceState
  getInitialState(): DanceState
  subscribe(listener: (state: DanceState, previous: DanceState) => void): () => void
  /** The accounts of a client, the active one first. Undefined as long as they are not known. */
  entries(client: string): readonly Entry[] | undefined
  /** Replaces the accounts of a client; `keep: false` where another tab has kept them. */
  setEntries(client: string, entries: readonly Entry[], options?: { keep?: boolean }): void
  setPassing(client: string, passing: Passing): void
}

const loading: SessionState = { status: 'loading', scopes: [], refreshable: false, accounts: [] }

/**
 * @param keys by client, the key of its entries in the snapshot
 * @param snapshot where what may be shown outlives the page, or undefined
 */
export function createSessions(
  keys: Readonly<Record<string, string>>,
  snapshot: Snapshot | undefined,
): Sessions {
  const names = Object.keys(keys)
  const entries = new Map<string, readonly Entry[]>()
  const passing = new Map<string, Passing>()
  const store = createStore<DanceState>(() => ({
    sessions: Object.fromEntries(names.map((name) => [name, loading])),
  }))

  const show = (client: string): void => {
    const shown = derive(entries.get(client), passing.get(client))
    const before = store.getState().sessions[client]
    if (before && isSame(before, shown)) return
    store.setState(({ sessions }) => ({ sessions: { ...sessions, [client]: shown } }))
  }

  for (const [name, key] of Object.entries(keys)) {
    const known = snapshot?.read(key)
    if (known) entries.set(name, known)
    show(name)
  }

  return {
    getState: store.getState,
    getInitialState: store.getInitialState,
    subscribe: (listener) =>
      store.subscribe((state, previous) => isolated(() => listener(state, previous))),
    entries: (client) => entries.get(client),
    setEntries: (client, next, { keep = true } = {}) => {
      entries.set(client, next)
      const key = keys[client]
      if (keep && key !== undefined) snapshot?.write(key, next)
      show(client)
    },
    setPassing: (client, next) => {
      passing.set(client, { ...passing.get(client), ...next })
      show(client)
    },
  }
}

function derive(
  entries: readonly Entry[] | undefined,
  { signingIn, error }: Passing = {},
): SessionState {
  const entry = entries?.[0]
  return {
    status: signingIn
      ? 'signing-in'
      : !entries
        ? 'loading'
        : !entry
          ? 'signed-out'
          : entry.expired
            ? 'expired'
            : 'signed-in',
    ...(entry && { account: entry.account }),
    ...(entry?.profile && { profile: entry.profile }),
    scopes: entry?.scopes ?? [],
    ...(entry?.expiresAt !== undefined && { expiresAt: entry.expiresAt }),
    refreshable: entry?.refreshable ?? false,
    accounts: entries ?? [],
    ...(error && { error }),
  }
}

function isSame(a: SessionState, b: SessionState): boolean {
  const { error: errorA, ...restA } = a
  const { error: errorB, ...restB } = b
  return errorA === errorB && JSON.stringify(restA) === JSON.stringify(restB)
}
