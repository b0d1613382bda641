import { beforeEach, describe, expect, test } from 'vitest'
import { createKeyPair } from '../dpop/key.ts'
import type { DanceStorage, StoredSession } from './types.ts'

/** A session with a key of its own, as a login makes it. */
export async function someSession(key: string, revision = '1'): Promise<StoredSession> {
  return {
    v: 1,
    key,
    revision,
    client: 'github',
    context: 'https://exchange.test/github spa',
    account: '7',
    tokens: {
      accessToken: 'access-canary',
      tokenType: 'DPoP',
      refreshToken: 'handle-canary',
      scopes: ['a', 'b'],
      issuedAt: 1,
      expiresAt: 2,
    },
    subject: { iss: 'https://op.example', sub: '7' },
    profile: { id: '7', name: 'Žofie' },
    keys: await createKeyPair(),
  }
}

/** What every storage must do. */
export function testStorage(name: string, make: () => DanceStorage): void {
  describe(`${name}, as a storage,`, () => {
    let storage: DanceStorage
    beforeEach(() => {
      storage = make()
    })

    test('gives back what was put, with a key that still signs', async () => {
      const session = await someSession('a 1')
      await expect(storage.write({ put: [session] })).resolves.toBe(true)
      const { keys, ...rest } = session
      const { keys: kept, ...found } = (await storage.get('a 1')) ?? {}
      expect(found).toEqual(rest)
      expect(kept?.privateKey.extractable).toBe(false)
      const signing = { name: 'ECDSA', hash: 'SHA-256' }
      const data = new Uint8Array([1])
      const signature = await crypto.subtle.sign(signing, kept?.privateKey as CryptoKey, data)
      const { publicKey } = keys as CryptoKeyPair
      await expect(crypto.subtle.verify(signing, publicKey, signature, data)).resolves.toBe(true)
    })

    test('knows nothing of what was never put, or was deleted', async () => {
      await storage.write({ put: [await someSession('a 1')] })
      await storage.write({ delete: ['a 1', 'a 2'] })
      await expect(storage.get('a 1')).resolves.toBeUndefined()
      await expect(storage.get('a 2')).resolves.toBeUndefined()
      await expect(storage.list('')).resolves.toEqual([])
    })

    test('lists keys by how they begin', async () => {
      const all = await Promise.all(['a 1', 'a 2', 'ab 1'].map((key) => someSession(key)))
      await storage.write({ put: all })
      expect(new Set(await storage.list('a '))).toEqual(new Set(['a 1', 'a 2']))
    })

    test('renames in one step', async () => {
      await storage.write({ put: [await someSession('a ')] })
      const named = await someSession('a 7', '2')
      await storage.write({ put: [named], delete: ['a '], onlyIf: { key: 'a ', revision: '1' } })
      await expect(storage.list('a ')).resolves.toEqual(['a 7'])
    })

    test('does nothing where someone signed out or was faster', async () => {
      const write = { put: [await someSession('a 1', '2')], onlyIf: { key: 'a 1', revision: '1' } }
      await expect(storage.write(write)).resolves.toBe(false)
      await expect(storage.get('a 1')).resolves.toBeUndefined()
      await storage.write({ put: [await someSession('a 1')] })
      await expect(storage.write(write)).resolves.toBe(true)
      await expect(storage.write(write)).resolves.toBe(false)
      expect((await storage.get('a 1'))?.revision).toBe('2')
    })

    test('takes any text as a key', async () => {
      const key = '__proto__ https://ž.example/?%00\u0000'
      await storage.write({ put: [await someSession(key)] })
      await expect(storage.get(key)).resolves.toMatchObject({ key })
    })
  })
}
