import { startFirefox, type Firefox } from '../../scripts/engines/firefox.ts'
import { expect, test as base } from '../support/demo-site.ts'

export { expect }

/** A Firefox for each test, which keeps pages for back and forward as people's does. */
export const test = base.extend<{ firefox: Firefox }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixture's needs from it
  firefox: async ({}, use) => {
    const firefox = await startFirefox()
    await use(firefox)
    await firefox.stop()
  },
})

/** What to press on the emulator's consent page, to agree. */
export const approving = '[name=decision][value=approve]'

/** What to press on GitHub's card, once that may be done. */
export const signInButton = '#github > button.primary:not(:disabled)'

/** Waits for an element. */
export const expectElement = (firefox: Firefox, css: string): Promise<void> =>
  expect(async () => {
    expect(await firefox.run(`document.querySelectorAll(${JSON.stringify(css)}).length`)).toBe(1)
  }).toPass()

/** Waits for an element, and clicks on it. */
export async function press(firefox: Firefox, css: string): Promise<void> {
  await expectElement(firefox, css)
  await firefox.run(`void document.querySelector(${JSON.stringify(css)}).click()`)
}

/** Waits until GitHub's card shows who is signed in. */
export const expectPerson = (firefox: Firefox): Promise<void> =>
  expect(async () => {
    const text = 'document.querySelector(`#github[data-status="signed-in"]`)?.innerText'
    expect(await firefox.run(text)).toContain('Ada Lovelace')
  }).toPass()

/**
 * Leaves the page that is shown and goes back, until the back/forward cache has kept it: a browser keeps
 * none that is about to do something.
 *
 * @param leave from that page to the next
 * @param usable waits until the page can be left again
 */
export async function comeBack(
  firefox: Firefox,
  leave: () => Promise<void>,
  usable: () => Promise<void>,
): Promise<void> {
  await expect(async () => {
    await firefox.run(`
      void addEventListener('pageshow', ({ persisted }) => {
        document.documentElement.dataset.restored = persisted
      })
    `)
    await leave()
    await firefox.go(-1)
    await usable()
    expect(await firefox.run('document.documentElement.dataset.restored')).toBe('true')
  }).toPass({ timeout: 45_000 })
}
