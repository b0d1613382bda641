import { expect, it } from 'vitest'
import { hiddenError } from './hidden-error.ts'

const api = { unauthorized: ['token_expired'] }

it('finds an error under status 200, and tells a dead token from other trouble', () => {
  expect(hiddenError(api, '{"ok":false,"error":"token_expired"}')).toBe('unauthorized')
  expect(hiddenError(api, '{"ok":false,"error":"ratelimited"}')).toBe('other')
})

it.each(['{"ok":true}', '{"error":""}', '{"error":{"code":1}}', 'null', '[]', 'error', ''])(
  'finds none in %s',
  (body) => expect(hiddenError(api, body)).toBeUndefined(),
)

it('looks for none where the declaration does not say so', () => {
  expect(hiddenError({}, '{"error":"token_expired"}')).toBeUndefined()
})
