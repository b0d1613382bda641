import { consentPath } from './consent/path.ts'

/** What is needed of Playwright's `Page`. */
export interface ConsentPage {
  url(): string
  waitForURL(url: (url: URL) => boolean): Promise<void>
  locator(selector: string): { click(): Promise<void>; check(): Promise<void> }
}

/** What may be decided on the emulator's consent page. */
export interface ConsentOptions {
  /** Who signs in: `ada`, `grace` or `lin`. @default whom the page offers first */
  readonly as?: string
}

/** Presses the approving button of the emulator's consent page, once that is there. */
export async function approve(page: ConsentPage, { as }: ConsentOptions = {}): Promise<void> {
  if (as !== undefined) await page.locator(`${form} [name=person][value="${as}"]`).check()
  await page.locator(`${form} [name=decision][value=approve]`).click()
}

/** Presses the declining button of the emulator's consent page, once that is there. */
export async function decline(page: ConsentPage): Promise<void> {
  await page.locator(`${form} [name=decision][value=decline]`).click()
}

const form = `form[action="${consentPath}"]`

/**
 * Signs someone in as a person does: `start` presses the app's button, then the emulator's consent
 * page is answered, and the page comes back to the app.
 */
export type SignIn = (start: () => Promise<unknown>, options?: ConsentOptions) => Promise<void>

/**
 * Fixtures for `test.extend()` of `@playwright/test`. A `storageState` can't stand in for a login: it
 * holds no keys, so sign in anew in each test.
 */
export const fixtures: {
  signIn: (given: { page: ConsentPage }, use: (signIn: SignIn) => Promise<void>) => Promise<void>
} = {
  signIn: async ({ page }, use) => {
    await use(async (start, options) => {
      const { origin } = new URL(page.url())
      await start()
      await approve(page, options)
      await page.waitForURL((url) => url.origin === origin)
    })
  },
}
