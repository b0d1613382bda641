import type { OAuth2Provider } from '@spa-dance/providers'
import { expect, test } from 'vitest'
import { exchange, openBrowser, type Browser } from '../testing-internal/dancers.ts'
import { jsonReply } from '../testing-internal/fake-server.ts'
import type { StoredSession } from '../storage/types.ts'

/** A service that says in its token reply where a person's API is. */
const acme: OAuth2Provider = {
  id: 'acme',
  name: 'Acme',
  protocol: 'oauth2',
  route: 'direct',
  authorization: { url: 'https://login.acme.com/auth' },
  token: { url: 'https://login.acme.com/token' },
  api: { baseUrl: 'https://login.acme.com/', cors: true, scheme: 'Acme-token' },
  profile: { path: 'https://login.acme.com/me', read: (me) => ({ id: me.id }) },
  learnt: {
    apiOrigin: {
      from: 'instance_url',
      within: ['https://login.acme.com', 'https://*.my.acme.com'],
    },
  },
}
const own = 'https://ada.my.acme.com'
const other = 'https://ada2.my.acme.com'

/** A site with Acme, whose token endpoint gives one reply after the other. */
function open(replies: readonly object[], more: { storage?: Browser['options']['storage'] } = {}) {
  const clients = { acme: { provider: acme, clientId: 'me' } }
  const browser = openBrowser({ clients, ...(more.storage && { storage: more.storage }) })
  let count = 0
  browser.server.route('https://login.acme.com/token', () => {
    count += 1
    const reply = replies[Math.min(count, replies.length) - 1]
    return jsonReply({ access_token: `canary-${count}`, refresh_token: 'r', ...reply })
  })
  for (const origin of [own, other]) {
    browser.server.route(origin, () => jsonReply({ id: 'ada' }))
  }
  return browser
}

/** Each once: whose profile it is may be asked for by more than one page. */
const placesOf = ({ server }: Browser): string[] => [...new Set(server.seen.map(({ url }) => url))]

test('requests go where the token reply says, with what its API wants before a token', async () => {
  const browser = open([{ instance_url: own }])
  const { dance } = await browser.signIn('acme')
  expect(dance.getState().sessions['acme']?.account).toBe('ada')
  await dance.session('acme').get('/things')
  await dance.session('acme').get(`${own}/more`)
  expect(placesOf(browser)).toEqual([
    'https://login.acme.com/token',
    `${own}/me`,
    `${own}/things`,
    `${own}/more`,
  ])
  for (const { headers } of browser.server.to(own)) {
    expect(headers.get('Authorization')).toBe('Acme-token canary-1')
  }
})

test('the next page knows it too, and so does a session that was refreshed', async () => {
  const browser = open([{ instance_url: own }, {}])
  await browser.signIn('acme')
  const { dance } = browser.open('/')
  browser.server.route(`${own}/x`, ({ headers }) =>
    jsonReply({}, headers.get('Authorization') === 'Acme-token canary-2' ? 200 : 401),
  )
  expect((await dance.session('acme').get('/x')).status).toBe(200)
  expect((await browser.open('/').dance.session('acme').get('/x')).status).toBe(200)
})

test('a person who was moved is found again by the refresh', async () => {
  const browser = open([{ instance_url: own }, { instance_url: other }])
  const { dance } = await browser.signIn('acme')
  browser.server.route(`${own}/x`, () => jsonReply({}, 401))
  expect((await dance.session('acme').get('/x')).status).toBe(200)
  expect(browser.server.to(`${other}/x`)).toHaveLength(1)
})

test.each(['https://login.acme.com/x', 'https://eve.my.acme.com/x', 'https://evil.example/x'])(
  'B-57: another person’s place is sent nothing: %s',
  async (url) => {
    const browser = open([{ instance_url: own }])
    const { dance } = await browser.signIn('acme')
    await expect(dance.session('acme').get(url)).rejects.toMatchObject({ code: 'url-not-allowed' })
    expect(browser.server.to(url)).toEqual([])
  },
)

test.each(['https://evil.example', 'http://ada.my.acme.com', 'https://my.acme.com.evil.example'])(
  'B-57: a login whose reply names %s ends, and says what to do',
  async (place) => {
    const browser = open([{ instance_url: place }])
    const { dance } = await browser.signIn('acme')
    const result = await dance.ready
    expect(result?.error?.code).toBe('reply-unreadable')
    expect(result?.error?.message).toContain(`its instance_url names ${new URL(place).host}`)
    expect(result?.error?.message).toContain('add it to within')
    expect(dance.getState().sessions['acme']?.status).toBe('signed-out')
    expect(placesOf(browser)).toEqual(['https://login.acme.com/token'])
  },
)

test('B-57: what a storage gives back is no better than its listing', async () => {
  const kept = new Map<string, StoredSession>()
  const storage: Browser['options']['storage'] = {
    name: 'foreign',
    shared: false,
    get: async (key) => {
      const session = kept.get(key)
      return session && { ...session, apiOrigin: 'https://evil.example' }
    },
    list: async (prefix) => [...kept.keys()].filter((key) => key.startsWith(prefix)),
    write: async ({ put = [], delete: gone = [] }) => {
      for (const key of gone) kept.delete(key)
      for (const session of put) kept.set(session.key, session)
      return true
    },
  }
  const browser = open([{ instance_url: own }], { storage })
  browser.server.route('https://login.acme.com/me', () => jsonReply({ id: 'ada' }))
  browser.server.route('https://login.acme.com/x', () => jsonReply({}))
  await browser.signIn('acme')
  const { dance } = browser.open('/')
  expect((await dance.session('acme').get('/x')).status).toBe(200)
  expect(browser.server.to('https://evil.example')).toEqual([])
})

test('behind an exchange it is the exchange that says so, and its word is checked too', async () => {
  const clients = { acme: { provider: acme, route: 'exchange' as const } }
  const browser = openBrowser({ clients })
  const say = (place: string) =>
    browser.server.route(`${exchange}/${browser.database}/acme/token`, () =>
      jsonReply({ access_token: 'a', token_type: 'Bearer', expires_in: 60, api_origin: place }),
    )
  browser.server.route(own, () => jsonReply({ id: 'ada' }))
  say(own)
  const { dance } = await browser.signIn('acme')
  await dance.session('acme').get('/things')
  expect(placesOf(browser).slice(1)).toEqual([`${own}/me`, `${own}/things`])
  say('https://evil.example')
  const again = await browser.signIn('acme')
  expect((await again.dance.ready)?.error?.code).toBe('reply-unreadable')
})

test('a declaration that leaves the token endpoint’s place to a redirect is for an exchange', async () => {
  const tokenOrigin = { from: 'server', within: ['https://login.acme.eu'] }
  const provider: OAuth2Provider = { ...acme, route: 'exchange', learnt: { tokenOrigin } }
  const browser = openBrowser({
    clients: { acme: { provider, route: 'direct', clientId: 'me' } },
  })
  const { dance } = browser.open('/')
  await expect(dance.login('acme')).rejects.toMatchObject({
    code: 'config-invalid',
    message: expect.stringContaining('only an exchange reads it'),
  })
})
