import { base64url, decodeProtectedHeader } from 'jose'
import type { SealKey } from '../config/types.ts'
import type { ExchangeCrypto } from '../crypto/types.ts'
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

/**
 * Makes the sealer of a key ring: JWE compact serialization, `dir` with A256GCM (RFC 7516,
 * RFC 7518 §5.3). IVs are random, so a key is good for 2^32 seals (NIST SP 800-38D §8.3).
 */
export function createSealer(ring: readonly SealKey[], crypto: ExchangeCrypto): Sealer {
  const keys = ring.map(({ kid, bytes }) => ({
    headers: headersOf(kid),
    cipher: crypto.aesGcm(bytes),
  }))
  const [first] = keys
  if (!first) throw new TypeError('[dance-exchange] There is no key to seal with.')

  return {
    async seal(kind, value, exp) {
      const header = first.headers[kind]
      const text = JSON.stringify({ ...value, exp })
      return `${header}..${await first.cipher.encrypt(text, header)}`
    },
    async open<K extends Kind>(kind: K, sealed: string) {
      if (sealed.length > maxLength) return undefined
      // Nothing in a header is obeyed: it is one that we write, to the letter, or it is not ours.
      const [header] = sealed.split('.', 1)
      const key = keys.find(({ headers }) => headers[kind] === header)
      if (!key || header === undefined || !sealed.startsWith('..', header.length)) return undefined
      const text = await key.cipher.decrypt(sealed.slice(header.length + 2), header)
      if (text === undefined) return undefined
      const value: Opened<K> = JSON.parse(text)
      return value.exp > now() ? value : undefined
    },
  }
}

/** The protected headers of what is sealed under a key. */
function headersOf(kid: string): Readonly<Record<Kind, string>> {
  const header = (kind: Kind): string =>
    base64url.encode(JSON.stringify({ alg: 'dir', enc: 'A256GCM', kid, typ: `dance-${kind}.1` }))
  return {
    flow: header('flow'),
    code: header('code'),
    token: header('token'),
    handle: header('handle'),
    answer: header('answer'),
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
