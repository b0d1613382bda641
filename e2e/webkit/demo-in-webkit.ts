import type { WebDriver } from 'selenium-webdriver'
import { startWebKit } from '../../scripts/engines/webkit.ts'
import { expect, test as base } from '../support/demo-site.ts'

export { expect }

/** A window of WebKitGTK for each test. */
export const test = base.extend<{ driver: WebDriver }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixture's needs from it
  driver: async ({}, use) => {
    const { driver, stop } = await startWebKit()
    await use(driver)
    await stop()
  },
})

/** What to press on the emulator's consent page. */
export const decision = (value: 'approve' | 'decline') => `[name=decision][value=${value}]`

/** What to press on a client's card, as far as it is there. */
export const buttonOf = (client: string) => ({
  signIn: `#${client} > button.primary:not(:disabled)`,
  tryAgain: `#${client} .problem button`,
  callApi: `#${client} form button.primary`,
  signOut: `#${client}[data-status="signed-in"] > button:last-child`,
})

/** Waits for an element, and presses it as a person does. */
export const press = (driver: WebDriver, css: string): Promise<void> =>
  expect(() => driver.findElement({ css }).click()).toPass()

/** Waits until an element is there. */
export const expectElement = (driver: WebDriver, css: string): Promise<void> =>
  expect.poll(() => driver.findElements({ css })).toHaveLength(1)

/** Waits until a client's card says so. */
export const expectStatus = (driver: WebDriver, client: string, status: string): Promise<void> =>
  expectElement(driver, `#${client}[data-status="${status}"]`)

/** Waits until a client's card has a text. */
export const expectText = (driver: WebDriver, client: string, text: string): Promise<void> =>
  expect(async () => {
    expect(await driver.findElement({ id: client }).getText()).toContain(text)
  }).toPass()

/** Waits until a client's card shows who is signed in: then nothing on it moves any more. */
export async function expectPerson(driver: WebDriver, client: string): Promise<void> {
  await expectStatus(driver, client, 'signed-in')
  await expectText(driver, client, 'Ada Lovelace')
}

/** Signs in from the demo's page, by redirect. */
export async function signIn(driver: WebDriver, client: string): Promise<void> {
  await press(driver, buttonOf(client).signIn)
  await press(driver, decision('approve'))
  await expectPerson(driver, client)
}
