import { describe, expect, test, vi } from 'vitest'
import { DanceError } from '../errors.ts'
import type { Dance } from '../types.ts'
import { createTestDance } from './index.ts'

const ada = { profile: { id: '7', name: 'Ada' }, scopes: ['repo'] }
const make = () =>
  createTestDance({
    clients: { github: ada, discord: null },
    answer: ({ request }) =>
      new URL(request.url).pathname === '/user'
        ? { login: 'ada' }
        : new Response('', { status: 403 }),
  })

test('a test dance is a dance, and shows who a test has signed in', () => {
  const dance: Dance<'github' | 'discord'> = make()
  expect(dance.getState().sessions).toEqual({
    github: {
      status: 'signed-in',
      account: '7',
      profile: ada.profile,
      scopes: ['repo'],
      refreshable: true,
      accounts: [{ account: '7', profile: ada.profile, scopes: ['repo'], refreshable: true }],
    },
    discord: { status: 'signed-out', scopes: [], refreshable: false, accounts: [] },
  })
  expect(dance.session('github')).toBe(dance.session('github'))
})

test('requests are answered by the test, and written down', async () => {
  const dance = make()
  await expect(dance.session('github').json('/user')).resolves.toEqual({ login: 'ada' })
  const posting = dance.session('github').post('/repos', 'body')
  await expect(posting).resolves.toMatchObject({ status: 403 })
  await expect(dance.session('github').json('/repos')).rejects.toMatchObject({
    code: 'api-status',
    status: 403,
  })
  const asked = dance.requests.map(({ account, request }) => [account, request.method, request.url])
  expect(asked).toEqual([
    ['7', 'GET', 'https://github.test/user'],
    ['7', 'POST', 'https://github.test/repos'],
    ['7', 'GET', 'https://github.test/repos'],
  ])
  await expect(dance.requests[1]?.request.text()).resolves.toBe('body')
})

test('what needs a session says that there is none, or that it has ended', async () => {
  const dance = make()
  const expired = vi.fn()
  dance.on('expired', expired)
  await expect(dance.session('discord').get('/')).rejects.toMatchObject({ code: 'signed-out' })
  dance.expire('github')
  expect(expired).toHaveBeenCalledExactlyOnceWith({ client: 'github', account: '7' })
  expect(dance.getState().sessions.github).toMatchObject({
    status: 'expired',
    profile: ada.profile,
  })
  await expect(dance.session('github').get('/')).rejects.toMatchObject({ code: 'session-expired' })
  expect(() => dance.session('nope' as 'github')).toThrow('github, discord')
})

test('a token has the scopes that were given', async () => {
  const { getAccessToken } = make().session('github')
  await expect(getAccessToken({ scopes: ['repo'] })).resolves.toBe('test-token')
  await expect(getAccessToken({ scopes: ['gist'] })).rejects.toMatchObject({
    code: 'interaction-required',
  })
})

describe('a login', () => {
  test('signs in at once, in front of those before, and asks the listeners', async () => {
    const dance = createTestDance({
      clients: { github: ada },
      login: (_client, { loginHint }) => ({ profile: { id: '8', name: String(loginHint) } }),
    })
    const seen: string[] = []
    dance.on('beforeLogin', ({ options }) => void (options.loginHint = 'Grace'))
    dance.on('authorized', () => void seen.push(dance.getState().sessions.github.status))
    await dance.login('github', {})
    expect(seen).toEqual(['signing-in'])
    expect(dance.getState().sessions.github).toMatchObject({ account: '8', status: 'signed-in' })
    await expect(dance.session('github', '7').profile()).resolves.toEqual(ada.profile)
    await expect(dance.session('github').profile()).resolves.toEqual({ id: '8', name: 'Grace' })
  })

  test('fails as the test says', async () => {
    const denied = new DanceError('access-denied', 'no', { client: 'github' })
    const dance = createTestDance({
      clients: { github: null },
      login: () => {
        throw denied
      },
    })
    await expect(dance.login('github')).rejects.toBe(denied)
    expect(dance.getState().sessions.github).toMatchObject({ status: 'signed-out', error: denied })
  })

  test('ends where a listener refuses it', async () => {
    const dance = createTestDance({ clients: { github: null } })
    dance.on('authorized', () => {
      throw new Error('not in this house')
    })
    await expect(dance.login('github')).rejects.toMatchObject({ code: 'login-cancelled' })
    expect(dance.getState().sessions.github.status).toBe('signed-out')
  })
})

test('another account becomes the active one, and a session says what it may do', async () => {
  const github = [
    { ...ada, expiresAt: 5 },
    { account: '8', scopes: ['gist'] },
  ]
  const dance = createTestDance({ clients: { github } })
  const session = dance.session('github')
  expect([session.expiresAt, session.accounts().length]).toEqual([5, 2])
  await dance.session('github', '8').activate()
  expect(session.accounts().map(({ account }) => account)).toEqual(['8', '7'])
  expect([session.scopes, session.expiresAt]).toEqual([['gist'], undefined])
  await expect(dance.session('github', '9').activate()).rejects.toMatchObject({
    code: 'signed-out',
  })
})

test('a sign-out ends one account or all, and tells it', async () => {
  const dance = createTestDance({ clients: { github: [ada, { account: '8' }], discord: ada } })
  const loggedOut = vi.fn()
  dance.on('loggedOut', loggedOut)
  await dance.logout('github', { account: '7' })
  expect(dance.getState().sessions.github.account).toBe('8')
  await expect(dance.logout()).resolves.toEqual({
    sessions: [
      { client: 'github', account: '8', revocation: 'skipped', provider: 'skipped' },
      { client: 'discord', account: '7', revocation: 'skipped', provider: 'skipped' },
    ],
  })
  expect(loggedOut).toHaveBeenCalledTimes(3)
})

test('a change in another tab is seen', () => {
  const dance = make()
  const changed = vi.fn()
  const stateChanged = vi.fn()
  dance.on('changed', changed)
  dance.subscribe(stateChanged)
  dance.change('discord', ada)
  expect(changed).toHaveBeenCalledExactlyOnceWith({ client: 'discord' })
  expect(stateChanged).toHaveBeenCalledOnce()
  expect(dance.getState().sessions.discord.status).toBe('signed-in')
})
