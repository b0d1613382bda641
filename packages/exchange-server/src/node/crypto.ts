import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPublicKey,
  createSecretKey,
  hash,
  randomBytes,
  verify,
  type KeyObject,
} from 'node:crypto'
import { readSealed } from '../crypto/base64url.ts'
import type { AesGcm, ExchangeCrypto, P256Key } from '../crypto/types.ts'

/** Public keys that are kept ready: each of a page's calls comes with the same one. */
const capacity = 1000

/**
 * The primitives by node:crypto: at once, where WebCrypto makes a job for another thread of each.
 * Values sealed by either open with the other.
 */
export function nodeCrypto(): ExchangeCrypto {
  const keys = new Map<string, KeyObject>()
  const keyOf = ({ x, y }: P256Key): KeyObject => {
    const name = `${x}.${y}`
    const known = keys.get(name)
    if (known) return known
    const key = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
    const [oldest] = keys.keys()
    if (oldest !== undefined && keys.size >= capacity) keys.delete(oldest)
    keys.set(name, key)
    return key
  }
  return {
    sha256: (text) => hash('sha256', text, 'base64url'),
    hmac: (algorithm, key, text) =>
      createHmac(algorithm === 'SHA-1' ? 'sha1' : 'sha256', key)
        .update(text)
        .digest(),
    aesGcm,
    verifyEs256(key, text, signature) {
      try {
        const settings = { key: keyOf(key), dsaEncoding: 'ieee-p1363' } as const
        return verify('sha256', Buffer.from(text), settings, Buffer.from(signature, 'base64url'))
      } catch {
        return false
      }
    },
  }
}

const algorithm = 'aes-256-gcm'

function aesGcm(bytes: Uint8Array): AesGcm {
  // A KeyObject: raw bytes would be set up anew each time.
  const key = createSecretKey(bytes)
  return {
    encrypt(text, aad) {
      const iv = randomBytes(12)
      const cipher = createCipheriv(algorithm, key, iv).setAAD(Buffer.from(aad))
      const ciphertext = cipher.update(text, 'utf8')
      cipher.final()
      return [iv, ciphertext, cipher.getAuthTag()]
        .map((part) => part.toString('base64url'))
        .join('.')
    },
    decrypt(sealed, aad) {
      const parts = readSealed(sealed)
      if (!parts) return undefined
      const [iv, ciphertext, tag] = parts.map((part) => Buffer.from(part, 'base64url'))
      if (!iv || !ciphertext || !tag) return undefined
      const decipher = createDecipheriv(algorithm, key, iv, { authTagLength: 16 })
      decipher.setAAD(Buffer.from(aad)).setAuthTag(tag)
      const text = decipher.update(ciphertext)
      try {
        decipher.final()
        return text.toString('utf8')
      } catch {
        return undefined
      }
    },
  }
}
