import { createTestDance } from '@spa-dance/browser-sdk/testing'
import { expect, test } from 'vitest'
import { render } from 'vitest-browser-react'
import { DanceProvider, useDance } from './index.ts'
import { press } from './testing-internal/press.ts'

const Account = () => {
  const { status, profile, login, logout } = useDance('github')
  if (status !== 'signed-in') return <button onClick={() => void login()}>Sign in</button>
  return <button onClick={() => void logout()}>Sign out {profile?.name}</button>
}

test('a component works with the dance that app authors test with', async () => {
  const dance = createTestDance({ clients: { github: null, discord: null } })
  const screen = await render(
    <DanceProvider dance={dance}>
      <Account />
    </DanceProvider>,
  )
  press(screen.getByRole('button', { name: 'Sign in' }))
  await expect.element(screen.getByRole('button')).toHaveTextContent('Sign out Ada Lovelace')
  dance.change('github', { profile: { id: '8', name: 'Grace' } })
  await expect.element(screen.getByRole('button')).toHaveTextContent('Sign out Grace')
  press(screen.getByRole('button'))
  await expect.element(screen.getByRole('button')).toHaveTextContent('Sign in')
})
