import { expect, it } from 'vitest'
import { outgoingHeaders } from './headers.ts'

it('sends the declared Accept unless the caller has chosen another than a browser’s own', () => {
  const declared = { Accept: 'application/json' }
  const sent = (accept: string, more = {}) => outgoingHeaders(new Headers({ accept }), more)
  expect(sent('*/*', declared)).toEqual({ accept: 'application/json' })
  expect(sent('text/csv', declared)).toEqual({ accept: 'text/csv' })
  expect(sent('*/*')).toEqual({ accept: '*/*' })
})
