import { github } from '@spa-dance/providers/github'
import { expect, test } from 'vitest'
import { createDance, memoryStorage } from './index.ts'

test('B-53: on a server a dance shows that it is loading, and does nothing', async () => {
  const dance = createDance({
    exchange: 'https://auth.example',
    clients: { github: { provider: github() } },
  })
  expect(dance.getState()).toEqual({
    sessions: { github: { status: 'loading', scopes: [], refreshable: false, accounts: [] } },
  })
  expect(dance.getInitialState()).toBe(dance.getState())
  await expect(dance.ready).resolves.toBeNull()
  const refused = { code: 'unsupported-environment' }
  await expect(dance.login('github')).rejects.toMatchObject(refused)
  await expect(dance.logout()).rejects.toMatchObject(refused)
  await expect(dance.session('github').fetch('/user')).rejects.toMatchObject(refused)
  await expect(dance.session('github').getAccessToken()).rejects.toMatchObject(refused)
  dance.subscribe(() => {})()
  dance.on('error', () => {})()
  dance.destroy()
})

test('storages can be made on a server too', () => {
  expect(memoryStorage().shared).toBe(false)
})
