import { CompactEncrypt, compactDecrypt, decodeProtectedHeader } from 'jose'
import type { SealKey } from '../config/types.ts'
import type { Kind, Kinds } from './kinds.ts'

/** What was sealed, with when it ends, in seconds since 1970. */
export type Opened<K extends Kind> = Kinds[K] & { readonly exp: number }

/** Seals by the first key, opens by any. */
export interface Sealer {
  seal<K extends Kind>(kind: K, value: Kinds[K], exp: number): Promise<string>
  /** Undefined for whatever can't be opened: forged, of another kind, of a key gone, expired. */
  open<K extends Kind>(kind: K, sealed: string): Promise<Opened<K> | undefined>
}

const maxLength = 24_576
const typ = (kind: Kind): string => `dance-${kind}.1`

/**
 * Makes the sealer of a key ring: JWE compact serialization, `dir` with A256GCM (RFC 7516,
 * RFC 7518 §5.3). IVs are random, so a key is good for 2^32 seals (NIST SP 800-38D §8.3).
 */
export function createSealer(ring: readonly SealKey[]): Sealer {
  const keys = new Map<string, CryptoKey>()
  const key = async ({ kid, bytes }: SealKey): Promise<CryptoKey> => {
    const known = keys.get(kid)
    if (known) return known
    const imported = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, [
      'encrypt',
      'decrypt',
    ])
    keys.set(kid, imported)
    return imported
  }
  const byKid = new Map(ring.map((entry) => [entry.kid, entry]))
  const [first] = ring
  if (!first) throw new TypeError('[dance-exchange] There is no key to seal with.')

  return {
    async seal(kind, value, exp) {
      return new CompactEncrypt(new TextEncoder().encode(JSON.stringify({ ...value, exp })))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: first.kid, typ: typ(kind) })
        .encrypt(await key(first))
    },
    async open<K extends Kind>(kind: K, sealed: string) {
      if (sealed.length > maxLength) return undefined
      try {
        const { plaintext } = await compactDecrypt(
          sealed,
          async (header) => {
            const entry = byKid.get(String(header.kid))
            if (!entry || header.typ !== typ(kind)) throw new TypeError('not ours')
            return key(entry)
          },
          {
            keyManagementAlgorithms: ['dir'],
            contentEncryptionAlgorithms: ['A256GCM'],
            maxDecompressedLength: 0,
          },
        )
        const value: Opened<K> = JSON.parse(new TextDecoder().decode(plaintext))
        return value.exp > now() ? value : undefined
      } catch {
        return undefined
      }
    },
  }
}

/** The kind that a value claims to be sealed as. Proves nothing: `open` does. */
export function claimedKind(value: string): string | undefined {
  if (value.length > maxLength || value.split('.').length !== 5) return undefined
  try {
    return /^dance-(\w+)\.\d+$/.exec(String(decodeProtectedHeader(value).typ))?.[1]
  } catch {
    return undefined
  }
}

/** Seconds since 1970. */
export const now = (): number => Math.floor(Date.now() / 1000)
