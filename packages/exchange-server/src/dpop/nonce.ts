import { base64url } from 'jose'
import type { SealKey } from '../config/types.ts'
import type { ExchangeCrypto } from '../crypto/types.ts'

/** How long a server nonce is taken, in seconds. */
const lifetime = 300
/** A nonce is handed out for so long before a newer one is made, in seconds. */
const renewal = 30

/** Nonces whose origin is remembered. Instances make one each in every half minute. */
const capacity = 1000

/** Server nonces (RFC 9449 §8) that need no memory: an authenticated timestamp. */
export interface Nonces {
  /** The one to send as `DPoP-Nonce`. */
  current(): Promise<string>
  /** Whether any instance with one of our keys made it within the last 5 minutes. */
  accepts(nonce: string): Promise<boolean>
}

/** Makes nonces under the key ring; the first key signs, all verify. */
export function createNonces(ring: readonly SealKey[], crypto: ExchangeCrypto): Nonces {
  const keys = new Map<string, Promise<string>>()
  const make = async ({ kid, bytes }: SealKey, time: string): Promise<string> => {
    const key = keys.get(kid) ?? derive(bytes)
    keys.set(kid, key)
    return `${time}.${await crypto.hmac('SHA-256', await key, time)}`
  }
  /** Those that were found to be ours: all calls of half a minute come with the same one. */
  const genuine = new Set<string>()
  let latest: { nonce: string; at: number } | undefined

  return {
    async current() {
      const at = Math.floor(Date.now() / 1000)
      if (latest && at - latest.at < renewal && at >= latest.at) return latest.nonce
      const [first] = ring
      if (!first) throw new TypeError('[dance-exchange] There is no key to sign a nonce with.')
      const nonce = await make(first, at.toString(36))
      latest = { nonce, at }
      return nonce
    },
    async accepts(nonce) {
      const [, time] = /^([0-9a-z]{1,10})\.[A-Za-z0-9_-]{43}$/.exec(nonce) ?? []
      if (time === undefined) return false
      const age = Math.floor(Date.now() / 1000) - Number.parseInt(time, 36)
      // Instances' clocks may differ by a minute.
      if (age > lifetime || age < -60) return false
      if (genuine.has(nonce)) return true
      for (const key of ring) {
        if (!equal(await make(key, time), nonce)) continue
        if (genuine.size >= capacity) genuine.clear()
        genuine.add(nonce)
        return true
      }
      return false
    },
  }
}

/** A key for this one purpose (RFC 5869). */
async function derive(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const { subtle } = globalThis.crypto
  const info = new TextEncoder().encode('dance-exchange DPoP-Nonce')
  const material = await subtle.importKey('raw', bytes, 'HKDF', false, ['deriveBits'])
  const algorithm = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info }
  return base64url.encode(new Uint8Array(await subtle.deriveBits(algorithm, material, 256)))
}

/** Takes as long wherever they differ. */
function equal(a: string, b: string): boolean {
  let difference = a.length ^ b.length
  for (let at = 0; at < a.length; at++) difference |= a.charCodeAt(at) ^ b.charCodeAt(at)
  return difference === 0
}
