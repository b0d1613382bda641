import type { Page } from '@playwright/test'
import { expect, test } from '../support/openid-site.ts'

const policy = 'Cross-Origin-Opener-Policy'

declare global {
  interface Window {
    popup?: Window | null
    outcome?: string
  }
}

test.afterEach(({ site }) => {
  delete site.headers.app[policy]
  delete site.headers.provider[policy]
})

/** Begins a login in a popup, and gives that when it is at the provider. */
async function openPopup(page: Page, client: 'bound' | 'exchanged'): Promise<Page> {
  const opening = page.context().waitForEvent('page')
  await page.evaluate((name) => {
    const { open } = window
    window.open = (...how) => (window.popup = open(...how))
    const tell = (outcome: string) => (window.outcome = outcome)
    window.dance.login(name, { mode: 'popup' }).then(
      ({ client: of }) => tell(`session of ${of}`),
      (error: Error) => tell(error.message),
    )
  }, client)
  const popup = await opening
  await popup.locator('input[name=login]').fill('ada')
  return popup
}

/** Signs in at oidc-provider's own pages, and sees the popup close by itself. */
async function signIn(popup: Page): Promise<void> {
  await popup.locator('input[name=password]').fill('any')
  await popup.getByRole('button', { name: 'Sign-in' }).click()
  const closed = popup.waitForEvent('close')
  await popup.getByRole('button', { name: 'Continue' }).click()
  await closed
}

async function expectSession(page: Page, client: 'bound' | 'exchanged'): Promise<void> {
  await expect.poll(() => page.evaluate(() => window.outcome)).toBe(`session of ${client}`)
  await expect
    .poll(() => page.evaluate((name) => window.dance.getState().sessions[name], client))
    .toMatchObject({ status: 'signed-in', account: 'ada', profile: { id: 'ada' } })
}

for (const [app, provider, reads, client] of [
  ['unsafe-none', 'unsafe-none', 'open', 'bound'],
  ['same-origin', 'unsafe-none', 'closed', 'exchanged'],
  ['same-origin-allow-popups', 'unsafe-none', 'open', 'bound'],
  ['noopener-allow-popups', 'unsafe-none', 'open', 'exchanged'],
  ['unsafe-none', 'same-origin', 'closed', 'bound'],
  ['same-origin', 'same-origin', 'closed', 'bound'],
  ['same-origin-allow-popups', 'same-origin-allow-popups', 'closed', 'exchanged'],
] as const) {
  test(`B-23: a popup signs in with the opener policies ${app} here, ${provider} there`, async ({
    page,
    site,
  }) => {
    site.headers.app[policy] = app
    site.headers.provider[policy] = provider
    await page.goto(`${site.url}/inbox`)
    const popup = await openPopup(page, client)
    // What the page reads of a popup that is open: the policies are at work.
    const read = await page.evaluate(() => window.popup?.closed)
    expect(read ? 'closed' : 'open').toBe(reads)
    expect(await popup.evaluate(() => window.opener === null)).toBe(true)
    await signIn(popup)
    await expectSession(page, client)
    expect(page.url()).toBe(`${site.url}/inbox`)
  })
}

for (const app of ['unsafe-none', 'same-origin']) {
  test(`a popup signs in to a page that keeps nothing, with the opener policy ${app}`, async ({
    page,
    site,
  }) => {
    site.headers.app[policy] = app
    await page.addInitScript(() => localStorage.setItem('keep', 'nothing'))
    await page.goto(site.url)
    await signIn(await openPopup(page, 'exchanged'))
    await expectSession(page, 'exchanged')
    expect(await page.evaluate(() => indexedDB.databases())).toEqual([])
  })
}
