import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'
import { DanceProvider, useDance } from './index.ts'
import { createStubDance, signedIn } from './testing-internal/stub-dance.ts'

const Who = () => {
  const { status, profile } = useDance('github')
  return <p>{`${status} ${profile?.name ?? 'nobody'}`}</p>
}

test('on a server the status is loading, whatever the dance has come to know', () => {
  const dance = createStubDance()
  dance.change('github', signedIn)
  const html = renderToString(
    <DanceProvider dance={dance}>
      <Who />
    </DanceProvider>,
  )
  expect(html).toBe('<p>loading nobody</p>')
  expect(dance.calls).toEqual([])
})

test('without a provider above, rendering fails with what to put there', () => {
  expect(() => renderToString(<Who />)).toThrow(
    'useDance() found no dance. Wrap the app in <DanceProvider dance={dance}>.',
  )
})
