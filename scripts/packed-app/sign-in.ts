import { chromium } from 'playwright'
import { chromiumArgs, findChromium } from '../chromium.mjs'

/** Signs in with GitHub as a person would, reads from its API, survives a reload, signs out. */
export async function signIn(appUrl: string): Promise<void> {
  const executablePath = findChromium()
  const browser = await chromium.launch({
    args: [...chromiumArgs],
    ...(executablePath === undefined ? {} : { executablePath }),
  })
  try {
    const page = await browser.newPage()
    page.setDefaultTimeout(15_000)
    page.on('pageerror', (error) => console.error(error.message))
    await page.goto(appUrl)
    await page.getByRole('button', { name: 'Sign in with GitHub' }).click()
    await page.locator('button[name=decision][value=approve]').click()
    await page.getByText('Signed in as Ada Lovelace').waitFor()
    await page.getByRole('button', { name: 'Call the API' }).click()
    await page.getByText('The API says').waitFor()
    await page.reload()
    await page.getByText('Signed in as Ada Lovelace').waitFor()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('button', { name: 'Sign in with GitHub' }).waitFor()
    console.log('Signed in, called the API, signed out')
  } finally {
    await browser.close()
  }
}
