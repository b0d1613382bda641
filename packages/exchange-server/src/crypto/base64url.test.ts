import { expect, it } from 'vitest'
import { isCanonical } from './base64url.ts'

it('takes a value in one spelling', () => {
  for (let length = 0; length < 40; length++) {
    const bytes = Buffer.from(crypto.getRandomValues(new Uint8Array(length)))
    const text = bytes.toString('base64url')
    expect(isCanonical(text)).toBe(true)
    const same = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'].filter(
      (last) => Buffer.from(text.slice(0, -1) + last, 'base64url').equals(bytes),
    )
    expect(same.filter((last) => isCanonical(text.slice(0, -1) + last)).length).toBeLessThan(2)
  }
  for (const other of ['A', 'AA==', 'A+/A', ' AA', 'AA\n', 'AB', 'AAB', 'AAAAA']) {
    expect(isCanonical(other)).toBe(false)
  }
})
