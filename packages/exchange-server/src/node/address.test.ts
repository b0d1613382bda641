import type { IncomingMessage } from 'node:http'
import { expect, it } from 'vitest'
import { addressBehind } from './address.ts'

const seen = (trustProxy: number, forwarded?: string): string | null | undefined =>
  addressBehind(trustProxy)(
    new Request('http://x.example', {
      headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    }),
    { incoming: { socket: { remoteAddress: '10.0.0.1' } } as IncomingMessage },
  )

it.each([
  [0, undefined, '10.0.0.1'],
  [0, '6.6.6.6', '10.0.0.1'],
  [1, '192.0.2.7', '192.0.2.7'],
  [1, '6.6.6.6, 192.0.2.7', '192.0.2.7'],
  [1, '6.6.6.6,, 7.7.7.7 ,192.0.2.7', '192.0.2.7'],
  [2, '6.6.6.6, 192.0.2.7, 10.0.0.9', '192.0.2.7'],
  // Who comes around a proxy is known by what the inner one saw.
  [2, '10.0.0.9', '10.0.0.9'],
  [1, undefined, '10.0.0.1'],
])('X-40: behind %i proxies that say %s the caller is %s', (trustProxy, forwarded, address) => {
  expect(seen(trustProxy, forwarded)?.trim()).toBe(address)
})
