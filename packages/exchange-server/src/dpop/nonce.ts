import { base64url } from 'jose'
import type { SealKey } from '../config/types.ts'

/** How long a server nonce is taken, in seconds. */
const lifetime = 300
/** A nonce is handed out for so long before a newer one is made, in seconds. */
const renewal = 30

/** Server nonces (RFC 9449 §8) that need no memory: an authenticated timestamp. */
export interface Nonces {
  /** The one to send as `DPoP-Nonce`. */
  current(): Promise<string>
  /** Whether any instance with one of our keys made it within the last 5 minutes. */
  accepts(nonce: string): Promise<boolean>
}

/** Makes nonces under the key ring; the first key signs, all verify. */
export function createNonces(ring: readonly SealKey[]): Nonces {
  const keys = new Map<string, CryptoKey>()
  const key = async ({ kid, bytes }: SealKey): Promise<CryptoKey> => {
    const known = keys.get(kid)
    if (known) return known
    const material = await crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveKey'])
    const derived = await crypto.subtle.deriveKey(
      {
        name: 'HKDF',
        hash: 'SHA-256',
        salt: new Uint8Array(0),
        info: new TextEncoder().encode('dance-exchange DPoP-Nonce'),
      },
      material,
      { name: 'HMAC', hash: 'SHA-256', length: 256 },
      false,
      ['sign', 'verify'],
    )
    keys.set(kid, derived)
    return derived
  }
  let latest: { nonce: string; at: number } | undefined

  return {
    async current() {
      const at = Math.floor(Date.now() / 1000)
      if (latest && at - latest.at < renewal && at >= latest.at) return latest.nonce
      const [first] = ring
      if (!first) throw new TypeError('[dance-exchange] There is no key to sign a nonce with.')
      const time = at.toString(36)
      const tag = await crypto.subtle.sign('HMAC', await key(first), new TextEncoder().encode(time))
      const nonce = `${time}.${base64url.encode(new Uint8Array(tag))}`
      latest = { nonce, at }
      return nonce
    },
    async accepts(nonce) {
      const [, time, tag] = /^([0-9a-z]{1,10})\.([A-Za-z0-9_-]{43})$/.exec(nonce) ?? []
      if (time === undefined || tag === undefined) return false
      const age = Math.floor(Date.now() / 1000) - Number.parseInt(time, 36)
      // Instances' clocks may differ by a minute.
      if (age > lifetime || age < -60) return false
      const data = new TextEncoder().encode(time)
      const signature = Uint8Array.from(base64url.decode(tag))
      for (const entry of ring) {
        if (await crypto.subtle.verify('HMAC', await key(entry), signature, data)) return true
      }
      return false
    },
  }
}
