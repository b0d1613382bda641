import { test as base, type Page } from '@playwright/test'
import { approve, decline } from '@spa-dance/emulator/playwright'
import { startDemo } from '../../demo/start.ts'

/** The built demo below `/app/`, served by a plain file server, with its exchange and emulator. */
export type DemoSite = Awaited<ReturnType<typeof startDemo>>

/** The clients of the demo, with the names that people see. */
export const clients = [
  ['github', 'GitHub'],
  ['twitter', 'Twitter'],
  ['discord', 'Discord'],
] as const

export const test = base.extend<{ clean: void }, { demo: DemoSite }>({
  demo: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixture's needs from it
    async ({}, use) => {
      const demo = await startDemo({
        mode: 'built',
        ports: { app: 0, exchange: 0, emulator: 0 },
        quiet: true,
      })
      await use(demo)
      await demo.close()
    },
    { scope: 'worker' },
  ],
  clean: [
    async ({ demo }, use) => {
      demo.control.reset()
      await use()
    },
    { auto: true },
  ],
})
export { expect } from '@playwright/test'

/** A provider's card on the demo's page. */
export const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

/** Presses the button of a card, and waits for the emulator's consent page. */
export async function startLogin(page: Page, name: string): Promise<void> {
  await card(page, name)
    .getByRole('button', { name: `Sign in with ${name}` })
    .click()
  await page.waitForURL((url) => url.hostname.endsWith(`${name.toLowerCase()}.localhost`))
}

/** Decides on the emulator's consent page. */
export const decide = (page: Page, decision: 'approve' | 'decline'): Promise<void> =>
  decision === 'approve' ? approve(page) : decline(page)

/** Signs in from the demo's page, and waits until its card says so. */
export async function signIn(page: Page, name: string): Promise<void> {
  await startLogin(page, name)
  await decide(page, 'approve')
  await card(page, name)
    .getByRole('button', { name: `Sign out of ${name}` })
    .waitFor()
}

/** Signs out on the demo's page, and waits until its card offers a sign-in. */
export async function signOut(page: Page, name: string): Promise<void> {
  await card(page, name)
    .getByRole('button', { name: `Sign out of ${name}` })
    .click()
  await card(page, name)
    .getByRole('button', { name: `Sign in with ${name}` })
    .waitFor()
}
