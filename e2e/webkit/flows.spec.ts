import type { WebDriver } from 'selenium-webdriver'
import { startWebKit } from '../../scripts/engines/webkit.ts'
import { expect, test as base } from '../support/demo-site.ts'

const test = base.extend<{ driver: WebDriver }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixture's needs from it
  driver: async ({}, use) => {
    const { driver, stop } = await startWebKit()
    await use(driver)
    await stop()
  },
})

const approving = '[name=decision][value=approve]'
const signInButton = '#github button.primary:not(:disabled)'

/** Waits for an element, and presses it as a person does. */
async function press(driver: WebDriver, css: string): Promise<void> {
  await expect.poll(() => driver.findElements({ css })).toHaveLength(1)
  await driver.findElement({ css }).click()
}

const expectStatus = (driver: WebDriver, status: string) =>
  expect
    .poll(() => driver.findElements({ css: `#github[data-status="${status}"]` }))
    .toHaveLength(1)

const textOf = (driver: WebDriver): Promise<string> =>
  driver.findElement({ css: '#github' }).getText()

test('a person signs in by redirect, calls the API, reloads and signs out', async ({
  driver,
  demo,
}) => {
  await driver.get(demo.appUrl)
  await press(driver, signInButton)
  await press(driver, approving)
  await expectStatus(driver, 'signed-in')
  expect(await driver.getCurrentUrl()).toBe(demo.appUrl)
  await expect.poll(() => textOf(driver)).toContain('Ada Lovelace')
  await press(driver, '#github form button.primary')
  await expect.poll(() => textOf(driver)).toContain('200')

  await driver.navigate().refresh()
  await expectStatus(driver, 'signed-in')
  expect(await textOf(driver)).toContain('Ada Lovelace')
  await press(driver, '#github > button:last-child')
  await expectStatus(driver, 'signed-out')
  expect(demo.control.requests('github').filter(({ endpoint }) => endpoint === 'token')).toEqual([
    expect.objectContaining({ status: 200, secretSent: true }),
  ])
})

test('B-24: a popup is opened while the engine still knows of the click', async ({
  driver,
  demo,
}) => {
  await driver.get(demo.appUrl)
  // It does block, where nobody has clicked.
  await expect(driver.executeScript('return window.open("about:blank") === null')).resolves.toBe(
    true,
  )
  await press(driver, '.mode label:nth-of-type(2)')
  await press(driver, signInButton)
  await expect.poll(() => driver.getAllWindowHandles()).toHaveLength(2)
  const page = await driver.getWindowHandle()
  const popup = (await driver.getAllWindowHandles()).find((handle) => handle !== page)
  await driver.switchTo().window(String(popup))
  await expect.poll(() => driver.findElements({ css: approving })).toHaveLength(1)
  // The driver hangs, if the window closes that it looks at.
  await driver.executeScript(
    'const button = document.querySelector(arguments[0]); setTimeout(() => button.click(), 1000)',
    approving,
  )
  await driver.switchTo().window(page)
  await expectStatus(driver, 'signed-in')
  await expect.poll(() => textOf(driver)).toContain('Ada Lovelace')
  expect(await driver.getCurrentUrl()).toBe(demo.appUrl)
})
