import { Profiler, StrictMode, type ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { beforeEach, expect, test } from 'vitest'
import { render, renderHook } from 'vitest-browser-react'
import { DanceProvider, useDance, type ClientName, type DancePartner } from './index.ts'
import {
  createStubDance,
  signedIn,
  signedOut,
  type StubDance,
} from './testing-internal/stub-dance.ts'

let dance: StubDance
beforeEach(() => {
  dance = createStubDance()
})

const App = ({ children }: { children?: ReactNode }) => (
  <StrictMode>
    <DanceProvider dance={dance}>{children}</DanceProvider>
  </StrictMode>
)

const Who = ({ client }: { client: ClientName }) => {
  const { status, profile } = useDance(client)
  return <p>{`${client}: ${status} ${profile?.name ?? 'nobody'}`}</p>
}

const Whole = () => <p>{useDance() === dance ? 'the dance' : 'another'}</p>

test('shows the state of the client named, and each change of it', async () => {
  const screen = await render(<Who client="github" />, { wrapper: App })
  await expect.element(screen.getByText('github: loading nobody')).toBeVisible()

  flushSync(() => dance.change('github', signedIn))
  await expect.element(screen.getByText('github: signed-in Ada')).toBeVisible()

  flushSync(() => dance.change('github', signedOut))
  await expect.element(screen.getByText('github: signed-out nobody')).toBeVisible()
})

test('follows a name that changes, and a dance that is replaced', async () => {
  const screen = await render(<Who client="github" />, { wrapper: App })
  dance.change('discord', signedIn)
  await screen.rerender(<Who client="discord" />)
  await expect.element(screen.getByText('discord: signed-in Ada')).toBeVisible()

  dance = createStubDance()
  dance.change('discord', signedOut)
  await screen.rerender(<Who client="discord" />)
  await expect.element(screen.getByText('discord: signed-out nobody')).toBeVisible()
})

test('renders only the components whose client has changed', async () => {
  const renders: string[] = []
  const counted = (id: string, child: ReactNode) => (
    <Profiler id={id} onRender={() => renders.push(id)}>
      {child}
    </Profiler>
  )
  await render(
    <>
      {counted('github', <Who client="github" />)}
      {counted('discord', <Who client="discord" />)}
      {counted('dance', <Whole />)}
    </>,
    { wrapper: App },
  )
  renders.length = 0

  flushSync(() => dance.change('github', signedIn))
  expect(renders).toEqual(['github'])

  flushSync(() => dance.echo())
  flushSync(() => dance.change('discord', dance.getState().sessions.discord))
  expect(renders).toEqual(['github'])
})

test('keeps its functions over every change, and the whole object while nothing changes', async () => {
  const { result, rerender } = await renderHook(() => useDance('github'), { wrapper: App })
  const before = result.current
  await rerender()
  expect(result.current).toBe(before)

  flushSync(() => dance.change('github', signedIn))
  expect(result.current).not.toBe(before)
  const { status, account, profile, scopes, refreshable, accounts, ...acts } = result.current
  expect({ ...before, ...acts }).toStrictEqual(before)
  expect([status, account, profile, scopes, refreshable, accounts]).toEqual(Object.values(signedIn))
})

test('acts as the client named', async () => {
  const { result } = await renderHook(() => useDance('github'), { wrapper: App })
  const { login, logout, activate, fetch, get, post, session, client }: DancePartner =
    result.current
  expect(client).toBe('github')
  await expect(login({ scopes: ['repo'] })).resolves.toBe(session)
  await logout({ revoke: false })
  await activate('8')
  await fetch('/user')
  await get('/user')
  await post('/gists', '{}')
  expect(dance.calls).toEqual([
    ['login', 'github', { scopes: ['repo'] }],
    ['logout', 'github', { revoke: false }],
    ['activate', 'github', '8'],
    ['fetch', 'github', '/user'],
    ['get', 'github', '/user'],
    ['post', 'github', '/gists'],
  ])
})

test("a client that nobody is signed in to has no profile, not the session's function", async () => {
  const { result } = await renderHook(() => useDance('github'), { wrapper: App })
  expect(result.current.profile).toBeUndefined()
  await expect(result.current.session.profile()).resolves.toEqual({ id: '7' })
})

test('takes no listener twice and leaves none behind, also under StrictMode', async () => {
  let listeners = 0
  const subscribe = dance.subscribe.bind(dance)
  dance.subscribe = (listener) => {
    listeners++
    const undo = subscribe(listener)
    return () => {
      listeners--
      undo()
    }
  }
  const screen = await render(<Who client="github" />, { wrapper: App })
  expect(listeners).toBe(1)
  await screen.unmount()
  expect(listeners).toBe(0)
})

test('hydrates with the state that the server rendered, then shows the present one', async () => {
  dance.change('github', signedIn)
  const app = (
    <App>
      <Who client="github" />
    </App>
  )
  const page = document.body.appendChild(document.createElement('div'))
  page.innerHTML = renderToString(app)
  expect(page.textContent).toBe('github: loading nobody')

  const errors: unknown[] = []
  const root = hydrateRoot(page, app, { onRecoverableError: (error) => errors.push(error) })
  await expect.poll(() => page.textContent).toBe('github: signed-in Ada')
  expect(errors).toEqual([])
  root.unmount()
  page.remove()
})

test('without a provider above, the error says what to put there', async () => {
  await expect(renderHook(() => useDance('github'))).rejects.toThrow(/<DanceProvider/)
})

const uses = () => {
  void useDance('github').login({ scopes: ['repo'] })
  useDance().session('discord')
  // @ts-expect-error: no such client
  useDance('gitlab')
  // @ts-expect-error: no such client
  void useDance().login('gitlab')
  // @ts-expect-error: no such option
  void useDance('github').login({ scope: 'repo' })
}

test('the names of a registered dance are checked by the compiler', () => {
  expect(uses).toBeTypeOf('function')
})
