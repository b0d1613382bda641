import { base64url } from 'jose'
import type { SealKey } from './types.ts'

const fix = 'run `dance-exchange keygen`'

/** Reads `<kid>:<32 random bytes, base64url>`; what is wrong is added to `problems`, never the key. */
export function readSealKeys(keys: readonly string[] | undefined, problems: string[]): SealKey[] {
  if (!keys || keys.length === 0) {
    problems.push(`sealKeys is empty: ${fix} and give what it prints`)
    return []
  }
  const read: SealKey[] = []
  keys.forEach((text, n) => {
    const [, kid, encoded] = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9_-]{43})$/.exec(text) ?? []
    if (kid === undefined || encoded === undefined) {
      problems.push(`sealKeys[${n}] is not "<kid>:<32 bytes, base64url>": ${fix}`)
      return
    }
    const bytes = Uint8Array.from(base64url.decode(encoded))
    if (new Set(bytes).size < 12) {
      problems.push(`sealKeys[${n}] is not random: ${fix}`)
    }
    if (read.some((other) => other.kid === kid)) {
      problems.push(`sealKeys[${n}] has the same kid as another key: give each its own`)
    }
    if (read.some((other) => other.bytes.every((byte, at) => byte === bytes[at]))) {
      problems.push(`sealKeys[${n}] is the same key as another one: remove it`)
    }
    read.push({ kid, bytes })
  })
  return read
}
