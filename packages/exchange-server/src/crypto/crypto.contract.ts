import { createHash, createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { CompactEncrypt, compactDecrypt } from 'jose'
import { describe, expect, it } from 'vitest'
import type { ExchangeCrypto } from './types.ts'

const aesKey = Uint8Array.from({ length: 32 }, (_, n) => n * 7)
const text = 'žluťoučký kůň 🐎'.repeat(20)

/** What every implementation of the primitives must do. `other` is another one. */
export function testCrypto(name: string, crypto: ExchangeCrypto, other: ExchangeCrypto): void {
  describe(`the primitives by ${name}`, () => {
    it('hash as RFC 7636 appendix B and an oracle do', async () => {
      expect(await crypto.sha256('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe(
        'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      )
      for (const one of ['', text]) {
        const digest = createHash('sha256').update(one).digest('base64url')
        expect(await crypto.sha256(one)).toBe(digest)
      }
    })

    it('make HMACs by SHA-1 and SHA-256', async () => {
      for (const hash of ['SHA-1', 'SHA-256'] as const) {
        const oracle = createHmac(hash.replace('-', ''), 'ké&').update(text).digest('base64url')
        const made = await crypto.hmac(hash, 'ké&', text)
        expect(made).toBe(oracle)
      }
    })

    it('open what they or the other encrypted, each time under another IV', async () => {
      const cipher = crypto.aesGcm(aesKey)
      for (const one of ['', 'a', text]) {
        const sealed = await cipher.encrypt(one, 'aad')
        expect(sealed).toMatch(/^[\w-]{16}\.[\w-]*\.[\w-]{22}$/)
        expect(await cipher.encrypt(one, 'aad')).not.toBe(sealed)
        expect(await cipher.decrypt(sealed, 'aad')).toBe(one)
        expect(await other.aesGcm(aesKey).decrypt(sealed, 'aad')).toBe(one)
        const theirs = await other.aesGcm(aesKey).encrypt(one, 'aad')
        expect(await cipher.decrypt(theirs, 'aad')).toBe(one)
      }
    })

    it('encrypt as a JWE does, to the letter of jose', async () => {
      const members = { alg: 'dir', enc: 'A256GCM' }
      const header = Buffer.from(JSON.stringify(members)).toString('base64url')
      const cipher = crypto.aesGcm(aesKey)
      const { plaintext } = await compactDecrypt(
        `${header}..${await cipher.encrypt(text, header)}`,
        aesKey,
      )
      expect(Buffer.from(plaintext).toString()).toBe(text)
      const jwe = await new CompactEncrypt(new TextEncoder().encode(text))
        .setProtectedHeader(members)
        .encrypt(aesKey)
      expect(await cipher.decrypt(jwe.slice(header.length + 2), header)).toBe(text)
    })

    it('decrypt nothing that was changed, cut, or spelled in another way', async () => {
      const cipher = crypto.aesGcm(aesKey)
      const sealed = await cipher.encrypt('some text', 'aad')
      const [iv = '', ciphertext = '', tag = ''] = sealed.split('.')
      const flip = (part: string): string => (part.startsWith('A') ? 'B' : 'A') + part.slice(1)
      const others = [
        [flip(iv), ciphertext, tag],
        [iv, flip(ciphertext), tag],
        [iv, ciphertext, flip(tag)],
        [iv, ciphertext, tag.slice(0, 16)],
        [iv.slice(0, 12), ciphertext, tag],
        [iv, ciphertext, ''],
        [iv, ciphertext],
        [iv, ciphertext, tag, ''],
        [iv, `${ciphertext}=`, tag],
        [iv, ` ${ciphertext}`, tag],
        // The last of 22 characters holds two bits of the tag, and four that mean nothing.
        [iv, ciphertext, tag.slice(0, -1) + String.fromCharCode(tag.charCodeAt(21) + 1)],
        ['', '', ''],
      ]
      for (const parts of others) {
        expect(await cipher.decrypt(parts.join('.'), 'aad')).toBeUndefined()
      }
      expect(await cipher.decrypt(sealed, 'dad')).toBeUndefined()
      expect(await crypto.aesGcm(aesKey.toReversed()).decrypt(sealed, 'aad')).toBeUndefined()
    })

    it('verify ES256, and take nothing else for a signature or a key', async () => {
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
      const signing = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const
      const signature = sign('sha256', Buffer.from(text), signing).toString('base64url')
      const der = sign('sha256', Buffer.from(text), privateKey).toString('base64url')
      // Twice: a key may be kept.
      expect(await crypto.verifyEs256({ x, y }, text, signature)).toBe(true)
      expect(await crypto.verifyEs256({ x, y }, text, signature)).toBe(true)
      expect(await crypto.verifyEs256({ x, y }, `${text}.`, signature)).toBe(false)
      const raw = Buffer.from(signature, 'base64url')
      const padded = Buffer.concat([raw.subarray(0, 32), Buffer.of(0), raw.subarray(32)])
      const longer = padded.toString('base64url')
      for (const bad of ['', 'AAAA', der, 'A'.repeat(86), signature.slice(0, -2), longer]) {
        expect(await crypto.verifyEs256({ x, y }, text, bad)).toBe(false)
      }
      const another = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey
      const { x: x2 = '', y: y2 = '' } = another.export({ format: 'jwk' })
      for (const key of [
        { x: x2, y: y2 },
        { x, y: y2 },
        { x: '', y },
        { x: y, y: x },
      ]) {
        expect(await crypto.verifyEs256(key, text, signature)).toBe(false)
      }
    })
  })
}
