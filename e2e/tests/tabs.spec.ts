import { card, clients, decide, expect, signIn, startLogin, test } from '../support/demo-site.ts'

for (const first of ['the one begun first', 'the one begun last'] as const) {
  test(`two logins in two tabs both end, ${first} ending first`, async ({ context, demo }) => {
    const github = await context.newPage()
    const discord = await context.newPage()
    await github.goto(demo.appUrl)
    await discord.goto(demo.appUrl)
    await startLogin(github, 'GitHub')
    await startLogin(discord, 'Discord')
    const order = first === 'the one begun first' ? [github, discord] : [discord, github]
    for (const page of order) {
      await decide(page, 'approve')
      await expect(page).toHaveURL(demo.appUrl)
    }
    for (const page of order) {
      await expect(card(page, 'GitHub').getByText('Ada Lovelace').first()).toBeVisible()
      await expect(card(page, 'Discord').getByText('Ada Lovelace').first()).toBeVisible()
    }
  })
}

test('B-8: five logins to three providers in two tabs end with their own tokens', async ({
  context,
  demo,
}) => {
  const names = ['GitHub', 'Twitter', 'Discord', 'GitHub', 'Discord']
  const pages = []
  for (const name of names) {
    const page = await context.newPage()
    await page.goto(demo.appUrl)
    await startLogin(page, name)
    pages.push(page)
  }
  for (const page of pages.toReversed()) {
    await decide(page, 'approve')
    await expect(page).toHaveURL(demo.appUrl)
  }
  const page = await context.newPage()
  await page.goto(demo.appUrl)
  for (const [, name] of clients) {
    await card(page, name).getByRole('button', { name: 'Call the API' }).click()
    await expect(card(page, name).getByText('200').first()).toBeVisible()
  }
})

test('a sign-out in one tab is seen in the other at once', async ({ context, demo }) => {
  const one = await context.newPage()
  const two = await context.newPage()
  await one.goto(demo.appUrl)
  await two.goto(demo.appUrl)
  await signIn(one, 'GitHub')
  await expect(card(two, 'GitHub').getByText('Ada Lovelace').first()).toBeVisible()
  await card(two, 'GitHub').getByRole('button', { name: 'Sign out of GitHub' }).click()
  for (const page of [one, two]) {
    await expect(
      card(page, 'GitHub').getByRole('button', { name: 'Sign in with GitHub' }),
    ).toBeVisible()
  }
})

test('B-30: four tabs that all find the token expired send exactly one refresh', async ({
  context,
  demo,
}) => {
  const refreshes = () =>
    demo.control.requests('github').filter((entry) => entry.grantType === 'refresh_token').length

  const pages = []
  for (let n = 0; n < 4; n++) {
    const page = await context.newPage()
    await page.goto(demo.appUrl)
    pages.push(page)
  }
  const [first] = pages
  if (!first) throw new Error('there are four pages')
  await signIn(first, 'GitHub')
  for (const page of pages) {
    await expect(card(page, 'GitHub').getByText('Ada Lovelace').first()).toBeVisible()
  }
  for (const round of [1, 2]) {
    // What the page holds looks valid: only the API's 401 tells.
    demo.control.expireTokens('github')
    await Promise.all(
      pages.map((page) =>
        card(page, 'GitHub').getByRole('button', { name: 'Call the API' }).click(),
      ),
    )
    for (const page of pages) {
      await expect(card(page, 'GitHub').getByText('200').first()).toBeVisible()
    }
    expect(refreshes()).toBe(round)
  }
})

test('a session that runs out renews itself while the page is only looked at', async ({
  page,
  demo,
}) => {
  demo.control.setTokenLifetime('github', 4)
  await page.goto(demo.appUrl)
  await signIn(page, 'GitHub')
  await expect
    .poll(
      () => demo.control.requests('github').filter((e) => e.grantType === 'refresh_token').length,
      { timeout: 15_000 },
    )
    .toBeGreaterThan(0)
  await card(page, 'GitHub').getByRole('button', { name: 'Call the API' }).click()
  await expect(card(page, 'GitHub').getByText('200').first()).toBeVisible()
})

test('a grant that was revoked ends the session, and a login mends it', async ({ page, demo }) => {
  await page.goto(demo.appUrl)
  await signIn(page, 'GitHub')
  demo.control.revoke('github')
  await card(page, 'GitHub').getByRole('button', { name: 'Call the API' }).click()
  await expect(
    card(page, 'GitHub').getByRole('button', { name: /sign in (again|with GitHub)/i }),
  ).toBeVisible()
  await card(page, 'GitHub')
    .getByRole('button', { name: /sign in (again|with GitHub)/i })
    .click()
  await page.waitForURL((url) => url.hostname.endsWith('github.localhost'))
  await decide(page, 'approve')
  await expect(card(page, 'GitHub').getByText('Ada Lovelace').first()).toBeVisible()
})
