// Stores ten sessions for each contestant.
import { indexedDbStorage, type StoredSession } from '@spa-dance/browser-sdk'
import { User } from 'oidc-client-ts'
import { report } from './clock.ts'
import { keyOf, names, token, tokenUrl } from './ours.ts'
import { managerOf } from './theirs.ts'

const issuedAt = Date.now()
const expiresAt = issuedAt + 3_600_000
const sessions = names.map((name): StoredSession => {
  const tokens = { accessToken: token, tokenType: 'Bearer', scopes: ['a'], issuedAt } as const
  const about = { v: 1, client: name, context: `${tokenUrl} me`, account: '7' } as const
  const secret = { ...tokens, refreshToken: token, expiresAt }
  const profile = { id: '7', name: 'Ada Lovelace' }
  return { ...about, key: `${keyOf(name)}7`, revision: 'r', tokens: secret, profile }
})
await indexedDbStorage().write({ put: sessions })
for (const name of names) {
  const profile = { id: '7', name: 'Ada Lovelace' }
  const entries = [{ account: '7', profile, scopes: ['a'], expiresAt, refreshable: true }]
  localStorage.setItem(`spa-dance:${keyOf(name)}`, JSON.stringify({ v: 1, entries }))
  const claims = { sub: '7', iss: 'x', aud: 'me', exp: 1, iat: 1 }
  const expires = { expires_at: expiresAt / 1000 }
  const user = new User({ access_token: token, token_type: 'Bearer', profile: claims, ...expires })
  await managerOf(name).storeUser(user)
}
report({})
