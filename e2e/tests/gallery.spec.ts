import type { Page } from '@playwright/test'
import { names, providers } from '../../demo/src/providers.ts'
import { card, clients, decide, expect, signIn, test } from '../support/demo-site.ts'

const shown = (page: Page) => page.locator('.card:visible h2').allTextContents()
const search = (page: Page) => page.getByRole('searchbox', { name: 'Search providers' })

test('a search and a route narrow the cards, and outlive a reload and a dance', async ({
  page,
  demo,
}) => {
  await page.goto(demo.appUrl)
  await expect(page.getByText(`${names.length} providers`)).toBeVisible()

  await search(page).fill('TWITT')
  await expect.poll(() => shown(page)).toEqual(['Twitter'])
  await expect(page.getByText('1 provider', { exact: true })).toBeVisible()
  await search(page).fill('')
  await expect(page).toHaveURL(demo.appUrl)

  await page.getByRole('radio', { name: 'exchange + relay' }).check()
  await expect.poll(() => shown(page)).toContain('Twitter')
  expect(await shown(page)).not.toContain('GitHub')
  const narrowed = page.url()
  await page.reload()
  await expect(page.getByRole('radio', { name: 'exchange + relay' })).toBeChecked()

  await signIn(page, 'Twitter')
  await expect(page).toHaveURL(narrowed)
  expect(await shown(page)).not.toContain('GitHub')
})

test('a search that finds nobody says so, and a button shows all again', async ({ page, demo }) => {
  await page.goto(`${demo.appUrl}?q=nobody&route=direct`)
  await expect(page.getByText('No provider here is called that.')).toBeVisible()
  await page.getByRole('button', { name: 'Show all of them' }).click()
  await expect.poll(() => shown(page)).toHaveLength(names.length)
  await expect(page).toHaveURL(demo.appUrl)
})

for (const id of names.filter((name) => !clients.some(([known]) => known === name))) {
  test(`the card of ${id}: a person signs in, sees it, and calls the API`, async ({
    page,
    demo,
  }) => {
    await page.goto(demo.appUrl)
    const name = await page.locator(`#${id} h2`).innerText()
    await card(page, name)
      .getByRole('button', { name: `Sign in with ${name}` })
      .click()
    await decide(page, 'approve')
    await expect(
      card(page, name)
        .getByText(/^ada(.lovelace|@example\.com)$/i)
        .first(),
    ).toBeVisible()
    await expect(card(page, name)).toBeInViewport()
    if (!providers[id].call) return
    await card(page, name).getByRole('button', { name: 'Call the API' }).click()
    await expect(card(page, name).getByText(/^200 /)).toBeVisible()
  })
}
