import type { Page } from '@playwright/test'
import { card, decide, expect, signIn, test } from '../support/demo-site.ts'

const github = (page: Page) => card(page, 'GitHub')

/** Answers the consent page as someone else. */
async function continueAs(page: Page, person: string): Promise<void> {
  await page.waitForURL((url) => url.hostname.endsWith('github.localhost'))
  await page.getByText(person).click()
  await decide(page, 'approve')
}

test('two people of one provider: both stay, one is active, and each can sign out', async ({
  context,
  page,
  demo,
}) => {
  await page.goto(demo.appUrl)
  await signIn(page, 'GitHub')
  await github(page).getByRole('button', { name: 'Add another account' }).click()
  await continueAs(page, 'Grace Hopper')
  const others = github(page).getByRole('list', { name: 'Other accounts of GitHub' })
  await expect(github(page).locator('strong')).toHaveText('Grace Hopper')
  await expect(others).toContainText('Ada Lovelace')

  const second = await context.newPage()
  await second.goto(demo.appUrl)
  await expect(github(second).locator('strong')).toHaveText('Grace Hopper')
  await others.getByRole('button', { name: 'Switch to Ada Lovelace' }).click()
  for (const tab of [page, second]) {
    await expect(github(tab).locator('strong')).toHaveText('Ada Lovelace')
  }
  await page.reload()
  await expect(github(page).locator('strong')).toHaveText('Ada Lovelace')
  await github(page).getByRole('button', { name: 'Call the API' }).click()
  await expect(github(page).getByRole('region')).toContainText('Ada Lovelace')

  await others.getByRole('button', { name: 'Sign out Grace Hopper' }).click()
  await expect(others).toHaveCount(0)
  await expect(github(second).locator('strong')).toHaveText('Ada Lovelace')
})

for (const mode of ['this tab', 'a popup']) {
  test(`a scope that is asked for later comes to those that were had, in ${mode}`, async ({
    page,
    demo,
  }) => {
    await page.goto(demo.appUrl)
    await signIn(page, 'GitHub')
    const scopes = github(page).locator('.scopes code')
    await expect(scopes).toHaveText(['read:user', 'user:email'])
    await page.getByRole('radio', { name: mode }).check()
    const opening = mode === 'a popup' ? page.context().waitForEvent('page') : undefined
    await github(page).getByRole('button', { name: 'Ask for gist, too' }).click()
    const asked = (await opening) ?? page
    await asked.waitForURL((url) => url.hostname.endsWith('github.localhost'))
    await expect(asked.getByText('Write gists')).toBeVisible()
    await expect(asked.getByText('Read your profile')).toBeVisible()
    await decide(asked, 'approve')
    await expect(scopes).toHaveText(['read:user', 'user:email', 'gist'])
    await expect(github(page).getByRole('button', { name: 'Ask for gist' })).toHaveCount(0)
  })
}

test('the steps of a dance are told as they happen, without a value of what was sent', async ({
  page,
  demo,
}) => {
  await page.goto(demo.appUrl)
  await page.getByText('The dance, step by step').click()
  await expect(page.getByText('Nothing yet.')).toBeVisible()
  await page.getByRole('radio', { name: 'a popup' }).check()
  const opening = page.context().waitForEvent('page')
  await github(page).getByRole('button', { name: 'Sign in with GitHub' }).click()
  await decide(await opening, 'approve')
  const steps = page.getByRole('list', { name: 'Steps' }).getByRole('listitem')
  const asksForTokens = steps.filter({ hasText: 'Asks for tokens' })
  await expect(asksForTokens).toContainText('Page to Exchange to GitHub')
  await expect(asksForTokens).toContainText('the secret')
  await expect(asksForTokens).toContainText('code_verifier')
  await expect(steps.filter({ hasText: 'GET /user' }).first()).toContainText('Page to GitHub')
  await expect(steps.filter({ hasText: 'The person answers' })).toContainText('Browser to GitHub')
  expect(await steps.allInnerTexts()).not.toContain('demo-github-secret')
})
