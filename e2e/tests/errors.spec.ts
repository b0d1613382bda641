import type { Page } from '@playwright/test'
import { approve } from '@spa-dance/emulator/playwright'
import { expect, test } from '../support/static-site.ts'

/** What a login comes to, as `code: message`. */
const login = (page: Page) =>
  page.evaluate(() =>
    window.copies[0]?.dance
      .login('discord')
      .then(String, ({ code, message }) => `${code}: ${message}`),
  )

/** What a login with an OpenID Provider at this address comes to. */
const loginAt = (page: Page, issuer: string) =>
  page.evaluate(async (url) => {
    const { createDance } = await import('@spa-dance/browser-sdk')
    const { oidc } = await import('@spa-dance/providers/oidc')
    const dance = createDance({
      clients: { op: { provider: oidc({ issuer: url }), clientId: 'x' } },
    })
    return dance.login('op').then(String, ({ code, message }) => `${code}: ${message}`)
  }, issuer)

test.describe('a login that fails says which of these it is:', () => {
  for (const [why, status] of [
    ['the connection is gone', undefined],
    ['the site was deployed anew', 404],
  ] as const) {
    test(`a part that can’t be loaded, since ${why}`, async ({ page, site }) => {
      await page.goto(site.url)
      await page.evaluate(async () => void (await window.copies[0]?.dance.ready))
      await page.route('**/sdk/*.js', (route) =>
        status === undefined ? route.abort() : route.fulfill({ status, body: 'not here' }),
      )
      expect(await login(page)).toMatch(/^part-not-loaded: .*reload/)
      expect(page.url()).toBe(`${site.url}/`)
    })
  }

  test('the part that renews tokens is missing: a session lasts as long as its token, and is kept', async ({
    page,
    site,
  }) => {
    await page.route('**/sdk/refresh.js', (route) => route.abort())
    await page.goto(site.url)
    await page.evaluate(() => void window.copies[0]?.dance.login('discord'))
    await approve(page)
    await page.waitForURL(site.url)
    const outcomes = await page.evaluate(async () => {
      const { dance } = window.copies[0] ?? {}
      await dance?.ready
      const session = dance?.session('discord')
      const end = session?.expiresAt ?? Number.NaN
      const at = async (time: number): Promise<unknown> => {
        Date.now = () => time
        return session?.get('/users/@me').then(
          ({ status }) => status,
          ({ code, retryable }) => ({ code, retryable }),
        )
      }
      const soon = await at(end - 10_000)
      const later = await at(end + 10_000)
      return { soon, later, status: dance?.getState().sessions['discord']?.status }
    })
    expect(outcomes).toEqual({
      soon: 200,
      later: { code: 'part-not-loaded', retryable: true },
      status: 'signed-in',
    })
    const errors = () => page.evaluate(() => window.copies[0]?.errors.join())
    await expect.poll(errors).toContain('could not be loaded')
  })

  test('a server that does not allow this page, and one that is not there', async ({
    page,
    site,
  }) => {
    await page.goto(site.url)
    const there = site.url.replace('app.', 'without-cors.')
    expect(await loginAt(page, there)).toMatch(/^network-failed: .*is there.*\(CORS\)/)
    expect(await loginAt(page, 'http://localhost:9')).toMatch(
      /^network-failed: .*could not be reached/,
    )
    await page.context().setOffline(true)
    expect(await loginAt(page, 'http://localhost:9')).toMatch(/^network-failed: .*offline/)
  })

  test('B-1: a page that is not served securely', async ({ page, site }) => {
    await page.route('http://insecure.example/**', async (route) => {
      const { pathname, search } = new URL(route.request().url())
      await route.fulfill({
        response: await route.fetch({ url: site.address + pathname + search }),
      })
    })
    await page.goto('http://insecure.example/')
    expect(await page.evaluate(() => isSecureContext)).toBe(false)
    expect(await login(page)).toMatch(/^unsupported-environment: .*https/)
  })
})

test('B-37: on a full disk a login lasts as long as its page, and says so', async ({
  page,
  site,
}) => {
  const devtools = await page.context().newCDPSession(page)
  await page.goto(site.url)
  await page.evaluate(async () => void (await window.copies[0]?.dance.ready))
  const origin = site.url
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 })
  await page.evaluate(() => void window.copies[0]?.dance.login('discord'))
  await approve(page)
  await page.waitForURL(`${site.url}/`)
  const after = await page.evaluate(async () => {
    await window.copies[0]?.dance.ready
    const me = await window.copies[0]?.dance.session('discord').get('/users/@me')
    return { status: me?.status, errors: window.copies[0]?.errors }
  })
  expect(after.status).toBe(200)
  expect(after.errors?.join()).toContain('There is no room left')
})
