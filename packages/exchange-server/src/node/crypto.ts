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
    const key = createPublicKey(pemOf({ x, y }))
    const [oldest] = keys.keys()
    if (oldest !== undefined && keys.size >= capacity) keys.delete(oldest)
    keys.set(name, key)
    return key
  }
  return {
    sha256: (text) => hash('sha256', text, 'base64url'),
    hmac: (name, key, text) =>
      createHmac(name === 'SHA-1' ? 'sha1' : 'sha256', key)
        .update(text)
        .digest('base64url'),
    aesGcm,
    verifyEs256(key, text, signature) {
      try {
        const raw = Buffer.from(signature, 'base64url')
        return raw.length === 64 && verify('sha256', Buffer.from(text), keyOf(key), derOf(raw))
      } catch {
        return false
      }
    },
  }
}

/** A SubjectPublicKeyInfo up to the coordinates: id-ecPublicKey, P-256, a point that is not compressed. */
const spkiHead = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d03010703420004', 'hex')

/**
 * A key as a text (RFC 5480 §2, RFC 7468 §13): of all forms that Node takes the one that is read in
 * the least time, by far. Whether its point lies on the curve is checked like with the others.
 */
function pemOf({ x, y }: P256Key): string {
  const bytes = Buffer.concat([spkiHead, Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
  return `-----BEGIN PUBLIC KEY-----\n${bytes.toString('base64')}\n-----END PUBLIC KEY-----`
}

/**
 * A signature as OpenSSL takes it: two INTEGERs in a SEQUENCE (RFC 3279 §2.2.3). Node would do it too,
 * but in Node 24 a key with options beside it costs half as much as the check.
 */
function derOf(raw: Buffer): Buffer {
  const integer = (bytes: Buffer): Buffer => {
    const first = bytes.findIndex((byte) => byte !== 0)
    const value = bytes.subarray(Math.max(first, 0))
    // A leading zero where it would be negative without.
    const sign = Buffer.alloc(value.readUInt8() > 127 ? 1 : 0)
    return Buffer.concat([Buffer.of(0x02, sign.length + value.length), sign, value])
  }
  const both = Buffer.concat([integer(raw.subarray(0, 32)), integer(raw.subarray(32))])
  return Buffer.concat([Buffer.of(0x30, both.length), both])
}

const algorithm = 'aes-256-gcm'

function aesGcm(bytes: Uint8Array): AesGcm {
  // Raw bytes would be set up anew each time.
  const key = createSecretKey(bytes)
  let random = Buffer.alloc(0)
  const nextIv = (): Buffer => {
    // Asked for one by one they would cost as much as the encryption.
    if (random.length === 0) random = randomBytes(12 * 64)
    const iv = random.subarray(0, 12)
    random = random.subarray(12)
    return iv
  }
  return {
    encrypt(text, aad) {
      const iv = nextIv()
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
