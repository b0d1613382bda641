import { test as base, type Page } from '@playwright/test'
import { startDemo } from '../../demo/start.ts'
import { card, clients, decide, expect, type DemoSite } from '../support/demo-site.ts'

interface PopupSite extends DemoSite {
  /** What the app's files are sent with, from now on. */
  readonly sent: Record<string, string>
}

const test = base.extend<object, { demo: PopupSite }>({
  demo: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixture's needs from it
    async ({}, use) => {
      const sent: Record<string, string> = {}
      const demo = await startDemo({
        mode: 'built',
        ports: { app: 0, exchange: 0, emulator: 0 },
        quiet: true,
        headers: () => sent,
      })
      await use({ ...demo, sent })
      await demo.close()
    },
    { scope: 'worker' },
  ],
})

test.beforeEach(({ demo }) => {
  demo.control.reset()
  demo.sent[policy] = 'unsafe-none'
})

const policy = 'Cross-Origin-Opener-Policy'

/** Opens the demo, and a popup at a provider's consent page. */
async function openPopup(page: Page, demo: PopupSite, name = 'GitHub'): Promise<Page> {
  await page.goto(demo.appUrl)
  await page.getByRole('radio', { name: 'a popup' }).check()
  return pressInPopup(page, name)
}

async function pressInPopup(page: Page, name = 'GitHub'): Promise<Page> {
  const opening = page.context().waitForEvent('page')
  await card(page, name)
    .getByRole('button', { name: `Sign in with ${name}` })
    .click()
  const popup = await opening
  await popup.waitForURL((url) => url.hostname.endsWith(`${name.toLowerCase()}.localhost`))
  return popup
}

/** Approves, and sees the popup close by itself. */
async function approve(popup: Page): Promise<void> {
  const closed = popup.waitForEvent('close')
  await decide(popup, 'approve')
  await closed
}

const expectSignedIn = (page: Page, name = 'GitHub') =>
  expect(card(page, name).getByText('Ada Lovelace').first()).toBeVisible()

test('three providers sign in by popup, one after another', async ({ page, demo }) => {
  await page.goto(demo.appUrl)
  await page.getByRole('radio', { name: 'a popup' }).check()
  for (const [, name] of clients) {
    await approve(await pressInPopup(page, name))
    await expectSignedIn(page, name)
  }
})

test('a decline in the popup is said on the page, and the popup closes', async ({ page, demo }) => {
  const popup = await openPopup(page, demo)
  const closed = popup.waitForEvent('close')
  await decide(popup, 'decline')
  await closed
  await expect(page.getByText('You declined at GitHub')).toBeVisible()
})

test('B-23: a popup that the person closes gives the page back', async ({ page, demo }) => {
  const popup = await openPopup(page, demo)
  await expect(card(page, 'GitHub').getByRole('status')).toHaveText('Signing in…')
  await popup.close()
  await page.getByRole('heading', { level: 1 }).click()
  await expect(card(page, 'GitHub').getByRole('status')).toHaveText('Signed out')
  await approve(await pressInPopup(page))
  await expectSignedIn(page)
})

test('B-23: behind an opener policy the person may try again, and both popups work', async ({
  page,
  demo,
}) => {
  demo.sent[policy] = 'same-origin'
  const first = await openPopup(page, demo)
  await page.getByRole('heading', { level: 1 }).click()
  await expect(card(page, 'GitHub').getByRole('status')).toHaveText('Signed out')
  const second = await pressInPopup(page)
  await approve(second)
  await expectSignedIn(page)
  await approve(first)
  await expectSignedIn(page)
})

test('B-24: where the browser allows no popup, the page is left', async ({ page, demo }) => {
  await page.addInitScript(() => {
    window.open = () => null
  })
  await page.goto(demo.appUrl)
  await page.getByRole('radio', { name: 'a popup' }).check()
  await card(page, 'GitHub').getByRole('button', { name: 'Sign in with GitHub' }).click()
  await page.waitForURL((url) => url.hostname.endsWith('github.localhost'))
  await decide(page, 'approve')
  await expectSignedIn(page)
})

for (const app of ['unsafe-none', 'same-origin']) {
  test(`B-25: a page with "${app}" that was reloaded meanwhile is signed in all the same`, async ({
    page,
    demo,
  }) => {
    demo.sent[policy] = app
    const popup = await openPopup(page, demo)
    await page.reload()
    await expect(card(page, 'GitHub').getByRole('status')).toHaveText('Signed out')
    await approve(popup)
    await expectSignedIn(page)
  })
}

test('B-26: the provider’s page can’t take the app’s tab elsewhere', async ({ page, demo }) => {
  const popup = await openPopup(page, demo)
  expect(await popup.evaluate(() => window.opener === null)).toBe(true)
  await approve(popup)
  await expectSignedIn(page)
  expect(page.url()).toBe(demo.appUrl)
})

test('B-22: what a page of another site says on the same channel is not heard', async ({
  page,
  demo,
}) => {
  const started = page.context().waitForEvent('request', (request) => {
    return request.url().includes('/github/authorize')
  })
  const popup = await openPopup(page, demo)
  const state = new URL((await started).url()).searchParams.get('state')
  await popup.evaluate((known) => {
    const error = { code: 'access-denied', message: 'forged', retryable: false }
    const message = { v: 1, state: known, kind: 'end', account: '', error }
    new BroadcastChannel('spa-dance:popup').postMessage(message)
  }, state)
  await approve(popup)
  await expectSignedIn(page)
  await expect(page.getByText('forged')).toHaveCount(0)
})
