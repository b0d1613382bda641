import type { Database } from './database.ts'

const id = 'cipher'

/** What a text became. */
export interface Encrypted {
  readonly iv: Uint8Array<ArrayBuffer>
  readonly data: ArrayBuffer
}

/** The database's key. It can't be exported, and is made with the first session. */
export async function cipherKey(database: Database): Promise<CryptoKey> {
  const found = await database.keys.get(id)
  if (found?.key instanceof CryptoKey) return found.key
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ])
  // Another tab may be making one too: the first stays.
  return database.transaction('rw', database.keys, async () => {
    const first = await database.keys.get(id)
    if (first?.key instanceof CryptoKey) return first.key
    await database.keys.put({ id, key: made })
    return made
  })
}

/** @param label where it belongs: elsewhere it can't be decrypted */
export async function encrypt(key: CryptoKey, text: string, label: string): Promise<Encrypted> {
  const encoder = new TextEncoder()
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const additionalData = encoder.encode(label)
  const data = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData },
    key,
    encoder.encode(text),
  )
  return { iv, data }
}

/** @throws where the key, the label or the data are others */
export async function decrypt(
  key: CryptoKey,
  { iv, data }: Encrypted,
  label: string,
): Promise<string> {
  const additionalData = new TextEncoder().encode(label)
  return new TextDecoder().decode(
    await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, key, data),
  )
}
