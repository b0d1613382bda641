import { CompactEncrypt, base64url, compactDecrypt } from 'jose'
import { describe, expect, it } from 'vitest'
import { webCrypto } from '../crypto/web.ts'
import type { SealKey } from '../config/types.ts'
import { claimedKind, createSealer, now } from './seal.ts'

const key = (kid: string): SealKey => ({ kid, bytes: crypto.getRandomValues(new Uint8Array(32)) })
const value = { text: 'x'.repeat(100) }

describe('a sealed value', () => {
  it('opens with any key of the ring, until it ends', async () => {
    const [old, young] = [key('old'), key('young')]
    const sealed = await createSealer([old], webCrypto()).seal('answer', value, now() + 10)
    const opened = await createSealer([young, old], webCrypto()).open('answer', sealed)
    expect(opened).toMatchObject(value)
    expect(await createSealer([young], webCrypto()).open('answer', sealed)).toBeUndefined()
    const { plaintext } = await compactDecrypt(sealed, old.bytes)
    expect(JSON.parse(new TextDecoder().decode(plaintext))).toEqual(opened)
    const ended = await createSealer([old], webCrypto()).seal('answer', value, now())
    expect(await createSealer([old], webCrypto()).open('answer', ended)).toBeUndefined()
  })

  it('X-15: does not open with a byte changed in any of its parts', async () => {
    const sealer = createSealer([key('k')], webCrypto())
    const sealed = await sealer.seal('answer', value, now() + 10)
    const parts = sealed.split('.')
    for (const at of [0, 2, 3, 4]) {
      const changed = parts.map((part, n) =>
        n === at ? (part.startsWith('A') ? 'B' : 'A') + part.slice(1) : part,
      )
      expect(await sealer.open('answer', changed.join('.'))).toBeUndefined()
    }
    parts[1] = 'AAAA'
    const others = [
      parts.join('.'),
      sealed.slice(0, -1),
      `${sealed}=`,
      // The last character's lower bits are none of the tag's.
      sealed.slice(0, -1) + String.fromCharCode(sealed.charCodeAt(sealed.length - 1) + 1),
      '',
      '....',
      `${sealed}.x`,
      'x'.repeat(1e6),
    ]
    for (const other of others) expect(await sealer.open('answer', other)).toBeUndefined()
  })

  it('X-15: is taken with dir and A256GCM alone, and never compressed', async () => {
    const ring = [key('k')]
    const sealer = createSealer(ring, webCrypto())
    const make = (header: object, by: Uint8Array = ring[0]!.bytes): Promise<string> =>
      new CompactEncrypt(new TextEncoder().encode(JSON.stringify({ text: '', exp: now() + 10 })))
        .setProtectedHeader({
          alg: 'dir',
          enc: 'A256GCM',
          kid: 'k',
          typ: 'dance-answer.1',
          ...header,
        })
        .encrypt(by)
    expect(await sealer.open('answer', await make({}))).toBeDefined()
    const refused = [
      make({ typ: 'dance-handle.1' }),
      make({ typ: undefined }),
      make({ kid: 'other' }),
      make({ alg: 'A256KW' }),
      make({ alg: 'A256GCMKW' }),
      make({ alg: 'A256GCMKW', enc: 'A128CBC-HS256' }),
      make({ enc: 'A128CBC-HS256' }),
      make({ zip: 'DEF' }),
    ]
    for (const sealed of refused) expect(await sealer.open('answer', await sealed)).toBeUndefined()
  })

  it('tells its kind to those who ask, and nothing else', async () => {
    const sealed = await createSealer([key('k')], webCrypto()).seal('answer', value, now() + 10)
    expect(claimedKind(sealed)).toBe('answer')
    expect(claimedKind('gho_1')).toBeUndefined()
    const [header = ''] = sealed.split('.')
    expect(JSON.parse(new TextDecoder().decode(base64url.decode(header)))).toEqual({
      alg: 'dir',
      enc: 'A256GCM',
      kid: 'k',
      typ: 'dance-answer.1',
    })
  })
})
