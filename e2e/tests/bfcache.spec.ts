import { chromium } from '@playwright/test'
import { card, clients, decide, expect, startLogin, test } from '../support/demo-site.ts'
import { chromiumArgs, findChromium } from '../../scripts/chromium.mjs'

// Playwright switches the back/forward cache off; people have it on.
test('a page that comes back from the back/forward cache cancels its login and is usable', async ({
  demo,
}) => {
  const executablePath = findChromium()
  const browser = await chromium.launch({
    args: [...chromiumArgs],
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
    ...(executablePath === undefined ? {} : { executablePath }),
  })
  try {
    const page = await browser.newPage()
    await page.addInitScript(() => {
      addEventListener('pageshow', ({ persisted }) => {
        if (persisted) document.documentElement.dataset['restored'] = 'yes'
      })
    })
    await page.goto(demo.appUrl)
    // `page.goBack()` waits for a load, which a page from this cache does not have; and the page
    // that is left can't answer.
    const goBack = () => page.evaluate(() => void setTimeout(() => history.back()))
    for (const [, name] of clients) {
      await startLogin(page, name)
      await goBack()
      await expect(page.locator('html')).toHaveAttribute('data-restored', 'yes')
      await expect(
        card(page, name).getByRole('button', { name: `Sign in with ${name}` }),
      ).toBeEnabled()
    }
    for (const [, name] of clients) {
      await startLogin(page, name)
      await decide(page, 'approve')
      await expect(card(page, name).getByText('Ada Lovelace').first()).toBeVisible()
    }
    // The page at the end of the dance comes back as it was, and what was in the URL does not.
    await page.goto(`${demo.emulatorUrl}/`)
    await goBack()
    await expect(card(page, 'GitHub').getByText('Ada Lovelace').first()).toBeVisible()
    expect(page.url()).toBe(demo.appUrl)
  } finally {
    await browser.close()
  }
})
