// What the benchmark runs in the page. It is bundled with the SDK and oidc-client-ts.
import {
  createDance,
  indexedDbStorage,
  type Dance,
  type StoredSession,
} from '@spa-dance/browser-sdk'
import { custom } from '@spa-dance/providers/custom'
import { User, UserManager, WebStorageStateStore } from 'oidc-client-ts'

const names = Array.from({ length: 10 }, (_, n) => `client-${n}`)
const tokenUrl = 'https://provider.test/token'
const token = 'a'.repeat(600)
const lives = 3_600_000
const keyOf = (name: string): string => `${name} ${tokenUrl} me `

const makeDance = (): Dance =>
  createDance({
    clients: Object.fromEntries(
      names.map((name) => [
        name,
        {
          clientId: 'me',
          provider: custom({
            id: name,
            name,
            protocol: 'oauth2',
            route: 'direct',
            authorization: { url: 'https://provider.test/authorize' },
            token: { url: tokenUrl },
            api: { baseUrl: `${location.origin}/api/`, cors: true },
            scopes: ['a'],
          }),
        },
      ]),
    ),
  })

const managerOf = (name: string): UserManager =>
  new UserManager({
    authority: `https://${name}.test`,
    client_id: 'me',
    redirect_uri: location.href,
    automaticSilentRenew: false,
    userStore: new WebStorageStateStore({ store: localStorage }),
  })

/** Stores ten sessions for each contestant. */
async function seed(): Promise<void> {
  const issuedAt = Date.now()
  const expiresAt = issuedAt + lives
  const sessions = names.map((name): StoredSession => {
    const tokens = { accessToken: token, tokenType: 'Bearer', scopes: ['a'], issuedAt } as const
    const about = { v: 1, client: name, context: `${tokenUrl} me`, account: '7' } as const
    const secret = { ...tokens, refreshToken: token, expiresAt }
    return { ...about, key: `${keyOf(name)}7`, revision: 'r', tokens: secret }
  })
  await indexedDbStorage().write({ put: sessions })
  for (const name of names) {
    const entries = [{ account: '7', scopes: ['a'], expiresAt, refreshable: true }]
    localStorage.setItem(`spa-dance:${keyOf(name)}`, JSON.stringify({ v: 1, entries }))
    const profile = { sub: '7', iss: 'x', aud: 'me', exp: 1, iat: 1 }
    const expires = { expires_at: expiresAt / 1000 }
    const user = new User({ access_token: token, token_type: 'Bearer', profile, ...expires })
    await managerOf(name).storeUser(user)
  }
}

const answer = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error))
  })

/** The same rows and their key, read and decrypted by hand. */
async function readRaw(): Promise<void> {
  const database = await answer(indexedDB.open('spa-dance'))
  const reading = database.transaction(['sessions', 'keys'])
  const [rows, cipher] = await Promise.all([
    answer(reading.objectStore('sessions').getAll()),
    answer(reading.objectStore('keys').get('cipher')),
  ])
  for (const { key, iv, data } of rows) {
    const additionalData = new TextEncoder().encode(key)
    const text = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv, additionalData },
      cipher.key,
      data,
    )
    JSON.parse(new TextDecoder().decode(text))
  }
}

const readers: Readonly<Record<string, () => Promise<unknown>>> = {
  dance: () => {
    const dance = makeDance()
    return Promise.all(names.map((name) => dance.session(name).getAccessToken()))
  },
  raw: readRaw,
  oidc: () => Promise.all(names.map((name) => managerOf(name).getUser())),
}

/** From nothing to ten tokens, in ms; and how long the state took that a first render shows. */
async function start(who: string): Promise<number> {
  const from = performance.now()
  await readers[who]?.()
  return performance.now() - from
}

function firstState(): string | undefined {
  return makeDance().getState().sessions['client-0']?.status
}

/** Times of so many requests each, in ms, taken in turns. */
async function requests(count: number): Promise<{ dance: number[]; plain: number[] }> {
  const { fetch: danceFetch } = makeDance().session('client-0')
  await danceFetch('/warm')
  const times = { dance: [] as number[], plain: [] as number[] }
  const headers = { Authorization: `Bearer ${token}` }
  const senders = {
    dance: () => danceFetch('/x'),
    plain: () => fetch(`${location.origin}/api/x`, { headers }),
  }
  for (let n = 0; n < count; n++) {
    for (const who of ['plain', 'dance'] as const) {
      const from = performance.now()
      await (await senders[who]()).text()
      times[who].push(performance.now() - from)
    }
  }
  return times
}

const bench = { seed, start, firstState, requests }
Object.assign(window, { bench })

declare global {
  interface Window {
    bench: typeof bench
  }
}
