import { base64url } from 'jose'
import { readSealed } from './base64url.ts'
import type { AesGcm, ExchangeCrypto } from './types.ts'

const { subtle } = globalThis.crypto

/** The primitives by WebCrypto, which every platform has. */
export function webCrypto(): ExchangeCrypto {
  return {
    async sha256(text) {
      return base64url.encode(new Uint8Array(await subtle.digest('SHA-256', encode(text))))
    },
    async hmac(hash, key, text) {
      const algorithm = { name: 'HMAC', hash }
      const imported = await subtle.importKey('raw', encode(key), algorithm, false, ['sign'])
      return base64url.encode(new Uint8Array(await subtle.sign('HMAC', imported, encode(text))))
    },
    aesGcm,
    async verifyEs256({ x, y }, text, signature) {
      const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
      try {
        const jwk = { kty: 'EC', crv: 'P-256', x, y }
        const key = await subtle.importKey('jwk', jwk, algorithm, false, ['verify'])
        return await subtle.verify(algorithm, key, decode(signature), encode(text))
      } catch {
        return false
      }
    },
  }
}

function aesGcm(bytes: Uint8Array<ArrayBuffer>): AesGcm {
  let imported: Promise<CryptoKey> | undefined
  const key = (): Promise<CryptoKey> =>
    (imported ??= subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']))
  const parameters = (iv: Uint8Array<ArrayBuffer>, aad: string): AesGcmParams => ({
    name: 'AES-GCM',
    iv,
    additionalData: encode(aad),
  })
  return {
    async encrypt(text, aad) {
      const iv = globalThis.crypto.getRandomValues(new Uint8Array(12))
      const both = await subtle.encrypt(parameters(iv, aad), await key(), encode(text))
      // WebCrypto appends the tag.
      const end = both.byteLength - 16
      return [iv, new Uint8Array(both, 0, end), new Uint8Array(both, end)]
        .map((part) => base64url.encode(part))
        .join('.')
    },
    async decrypt(sealed, aad) {
      const [iv, ciphertext, tag] = (readSealed(sealed) ?? []).map(decode)
      if (!iv || !ciphertext || !tag) return undefined
      const both = new Uint8Array(ciphertext.length + tag.length)
      both.set(ciphertext)
      both.set(tag, ciphertext.length)
      try {
        return new TextDecoder().decode(
          await subtle.decrypt(parameters(iv, aad), await key(), both),
        )
      } catch {
        return undefined
      }
    },
  }
}

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)
const decode = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(base64url.decode(text))
