import { expect, it } from 'vitest'
import { readProfile } from './profile.ts'

const request = { path: 'me', read: (me: Record<string, unknown>) => ({ ...me, id: me['id'] }) }

it('turns a number as id into text', () => {
  expect(readProfile(request, { id: 7 })).toEqual({ id: '7' })
})

it.each([undefined, null, '', {}, [], true])('has no profile without an id, such as %j', (id) => {
  expect(readProfile(request, { id, name: 'Ada' })).toBeUndefined()
})

it('leaves out what is no text', () => {
  expect(readProfile(request, { id: '7', name: '', email: null, picture: 5 })).toEqual({ id: '7' })
})

it.each(['javascript:alert(1)', 'http://evil.example/a.png', 'data:image/svg+xml,<svg/>', 'a.png'])(
  'leaves out a picture that is not https: %s',
  (picture) => {
    expect(readProfile(request, { id: '7', picture })).toEqual({ id: '7' })
  },
)
