import { azure } from '@spa-dance/providers/azure'
import { spotify } from '@spa-dance/providers/spotify'
import { expect, onTestFinished, test, vi } from 'vitest'
import { begin, openBrowser } from '../testing-internal/dancers.ts'
import { jsonReply } from '../testing-internal/fake-server.ts'

/** What the token endpoint is sent as `scope` by a login and by the refresh after it. */
async function scopesSent(provider: ReturnType<typeof azure>, scopes: string[]) {
  const browser = openBrowser({ clients: { one: { provider, clientId: 'id', scopes } } })
  let count = 0
  browser.server.route(provider.token.url, () => {
    count += 1
    return jsonReply({
      access_token: `access-${count}`,
      token_type: 'Bearer',
      expires_in: 3600,
      refresh_token: `refresh-${count}`,
      // Less than what was asked for.
      scope: 'read',
    })
  })
  browser.server.route(provider.api.baseUrl, () => jsonReply({ id: 'ada' }))
  const { request } = await begin(browser.open('/'), 'one')
  const state = request.searchParams.get('state')
  const { dance } = browser.open(`/callback/one?state=${state}&code=c`)
  await dance.ready
  const then = Date.now() + 3_600_000
  vi.spyOn(Date, 'now').mockReturnValue(then)
  onTestFinished(() => void vi.restoreAllMocks())
  await expect(dance.session('one').getAccessToken()).resolves.toBe('access-2')
  return browser.server.to(provider.token.url).map(({ body }) => body.get('scope'))
}

test('a provider that wants it is sent the scopes again: those asked for, then those granted', async () => {
  expect(await scopesSent(azure(), ['read', 'write'])).toEqual(['read write', 'read'])
})

test('others are sent them once, with the person', async () => {
  expect(await scopesSent(spotify(), ['read', 'write'])).toEqual([null, null])
})

test("an empty scope of a provider's own says nothing (RFC 6749 §3.3: a scope has a name)", async () => {
  const provider = spotify()
  const scopes = ['read', 'write']
  const browser = openBrowser({ clients: { one: { provider, clientId: 'id', scopes } } })
  browser.server.route(provider.token.url, () => jsonReply({ access_token: 'a', scope: '' }))
  browser.server.route(provider.api.baseUrl, () => jsonReply({ id: 'ada' }))
  const { request } = await begin(browser.open('/'), 'one')
  const state = request.searchParams.get('state')
  const { dance } = browser.open(`/callback/one?state=${state}&code=c`)
  await dance.ready
  expect(dance.session('one').scopes).toEqual(scopes)
})
