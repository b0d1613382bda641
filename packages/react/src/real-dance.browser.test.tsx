import { createDance, memoryStorage, type Dance } from '@spa-dance/browser-sdk'
import { discord } from '@spa-dance/providers/discord'
import { github } from '@spa-dance/providers/github'
import { Profiler, StrictMode } from 'react'
import { afterEach, expect, test } from 'vitest'
import { render } from 'vitest-browser-react'
import { DanceProvider, useDance, type ClientName } from './index.ts'
import { press } from './testing-internal/press.ts'

const dances: Dance[] = []
afterEach(() => {
  for (const dance of dances.splice(0)) dance.destroy()
})

const create = () => {
  const dance = createDance({
    exchange: 'http://exchange.localhost:1',
    clients: {
      github: { provider: github() },
      discord: { provider: discord(), clientId: 'a-client' },
    },
    storage: memoryStorage(),
  })
  dances.push(dance)
  return dance
}

const Who = ({ client }: { client: ClientName }) => {
  const { status, error, login } = useDance(client)
  return (
    <button type="button" onClick={() => void login().catch(() => {})}>
      {`${client}: ${error?.code ?? status}`}
    </button>
  )
}

test('a real dance: what happens to one client is shown there, and renders nothing else', async () => {
  const dance = create()
  const renders: string[] = []
  const screen = await render(
    <StrictMode>
      <DanceProvider dance={dance}>
        <Profiler id="github" onRender={() => renders.push('github')}>
          <Who client="github" />
        </Profiler>
        <Profiler id="discord" onRender={() => renders.push('discord')}>
          <Who client="discord" />
        </Profiler>
      </DanceProvider>
    </StrictMode>,
  )
  await dance.ready
  await expect.element(screen.getByText('github: signed-out')).toBeVisible()
  await expect.element(screen.getByText('discord: signed-out')).toBeVisible()
  renders.length = 0

  press(screen.getByRole('button', { name: 'github: signed-out' }))
  // Tests run in a frame, where nobody can sign in.
  await expect.element(screen.getByText('github: unsupported-environment')).toBeVisible()
  expect(new Set(renders)).toEqual(new Set(['github']))
})

test('a real dance: an unknown client is an error that names the known ones', async () => {
  const dance = create()
  const unknown = 'gitlab' as ClientName
  await expect(
    render(
      <DanceProvider dance={dance}>
        <Who client={unknown} />
      </DanceProvider>,
    ),
  ).rejects.toThrow(/gitlab.*github.*discord/s)
})
