import type { Dance, Session, SessionState } from '@spa-dance/browser-sdk'
import { createStore } from 'zustand/vanilla'

type Name = 'github' | 'discord'

declare module '../register.ts' {
  interface Register {
    dance: Dance<Name>
  }
}

/** A dance whose state a test sets by hand. It writes down what it is asked for. */
export interface StubDance extends Dance<Name> {
  readonly calls: unknown[][]
  /** Replaces one client's state, and the whole state's object, as a real dance does. */
  change(name: Name, session: SessionState): void
  /** Announces a state in which every client's object is the one it was. */
  echo(): void
}

const loading: SessionState = { status: 'loading', scopes: [], refreshable: false, accounts: [] }
export const signedOut: SessionState = { ...loading, status: 'signed-out' }
export const signedIn: SessionState = {
  status: 'signed-in',
  account: '7',
  profile: { id: '7', name: 'Ada' },
  scopes: ['read:user'],
  refreshable: true,
  accounts: [{ account: '7', scopes: ['read:user'], refreshable: true }],
}

const sessionOf = (client: string, calls: unknown[][], account?: string): Session => {
  const answer = (act: string) => (path: string | URL | Request) => {
    calls.push([act, client, path])
    return Promise.resolve(new Response('{}'))
  }
  return {
    client,
    fetch: answer('fetch'),
    get: answer('get'),
    post: answer('post'),
    put: answer('put'),
    patch: answer('patch'),
    delete: answer('delete'),
    json: () => Promise.reject(new Error('The stub has no API.')),
    profile: () => Promise.resolve({ id: '7' }),
    getAccessToken: () => Promise.resolve('stub'),
    activate: () => {
      calls.push(['activate', client, account])
      return Promise.resolve()
    },
    scopes: [],
    expiresAt: undefined,
    accounts: () => [],
  }
}

export const createStubDance = (): StubDance => {
  const calls: unknown[][] = []
  const store = createStore(() => ({ sessions: { github: loading, discord: loading } }))
  const sessions = { github: sessionOf('github', calls), discord: sessionOf('discord', calls) }
  return {
    ...store,
    calls,
    ready: Promise.resolve(null),
    session: (name, account) =>
      account === undefined ? sessions[name] : sessionOf(name, calls, account),
    login: (name, options) => {
      calls.push(['login', name, options])
      return Promise.resolve(sessions[name])
    },
    logout: (name, options) => {
      calls.push(['logout', name, options])
      return Promise.resolve({ sessions: [] })
    },
    on: () => () => {},
    destroy: () => {},
    change: (name, session) =>
      store.setState(({ sessions: before }) => ({ sessions: { ...before, [name]: session } })),
    echo: () => store.setState(({ sessions: before }) => ({ sessions: { ...before } })),
  }
}
