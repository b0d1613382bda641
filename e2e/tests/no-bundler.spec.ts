import type { Page } from '@playwright/test'
import { approve } from '@spa-dance/emulator/playwright'
import { expect, test, type StaticSite } from '../support/static-site.ts'

async function signIn(page: Page, site: StaticSite, route: string): Promise<void> {
  await page.goto(site.url + route)
  await page.evaluate(() => void window.copies[0]?.dance.login('discord'))
  await approve(page)
  await page.waitForURL(site.url + route)
}

const statuses = (page: Page) =>
  page.evaluate(async () => {
    const all = window.copies.map(async ({ dance }) => {
      await dance.ready
      return dance.getState().sessions['discord']?.status
    })
    return Promise.all(all)
  })

test('the packages as they are built work without a bundler, below a hash router', async ({
  page,
  site,
}) => {
  await signIn(page, site, '/#/settings?tab=1&state=mine')
  expect(await statuses(page)).toContain('signed-in')
  const me = await page.evaluate(() =>
    window.copies[0]?.dance.session('discord').json('/users/@me'),
  )
  expect(me).toMatchObject({ username: 'ada-lovelace' })
  // A route of the app's own at the callback's path is no answer either.
  await page.goto(`${site.url}/callback/discord#/route?state=1&code=2`)
  await statuses(page)
  expect(page.url()).toBe(`${site.url}/callback/discord#/route?state=1&code=2`)
})

test('two copies of the SDK in one page share a login, a refresh and a sign-out', async ({
  page,
  site,
}) => {
  const tokenRequests: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/token')) {
      tokenRequests.push(request.postData()?.match(/grant_type=(\w+)/)?.[1] ?? '')
    }
  })
  await signIn(page, site, '/')
  await expect.poll(() => statuses(page)).toEqual(['signed-in', 'signed-in'])
  await page.evaluate(async () => {
    const now = Date.now() + 30 * 86_400_000
    Date.now = () => now
    await Promise.all(window.copies.map(({ dance }) => dance.session('discord').get('/users/@me')))
  })
  expect(tokenRequests).toEqual(['authorization_code', 'refresh_token'])
  const known = await page.evaluate(async () => {
    const [one, two] = window.copies
    await one?.dance.logout('discord', { revoke: false })
    const error: unknown = await one?.dance
      .session('discord')
      .get('/')
      .catch((reason: unknown) => reason)
    return two?.isDanceError(error)
  })
  expect(known).toBe(true)
  await expect.poll(() => statuses(page)).toEqual(['signed-out', 'signed-out'])
})
