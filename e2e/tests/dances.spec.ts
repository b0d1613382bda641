import {
  card,
  clients,
  decide,
  expect,
  signIn,
  signOut,
  startLogin,
  test,
} from '../support/demo-site.ts'

for (const [id, name] of clients) {
  test(`${name}: a person signs in, calls the API and signs out`, async ({ page, demo }) => {
    await page.goto(demo.appUrl)
    await startLogin(page, name)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await decide(page, 'approve')

    await expect(page).toHaveURL(demo.appUrl)
    await expect(card(page, name).getByText('Ada Lovelace').first()).toBeVisible()
    const picture = card(page, name).locator('img').first()
    await expect(picture).toHaveJSProperty('complete', true)
    expect(await picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0)

    await card(page, name).getByRole('button', { name: 'Call the API' }).click()
    await expect(card(page, name).getByText('200', { exact: false }).first()).toBeVisible()

    await page.reload()
    await expect(card(page, name).getByText('Ada Lovelace').first()).toBeVisible()

    await signOut(page, name)
    await page.reload()
    await expect(
      card(page, name).getByRole('button', { name: `Sign in with ${name}` }),
    ).toBeVisible()
    const tokenRequests = demo.control.requests(id).filter((entry) => entry.endpoint === 'token')
    expect(tokenRequests.map((entry) => entry.status)).toEqual(
      // OAuth 1.0a asks for a request token before, and for the access token after.
      id === 'twitter' ? [200, 200] : [200],
    )
  })

  test(`${name}: a person declines, reads a calm message and may try again`, async ({
    page,
    demo,
  }) => {
    await page.goto(demo.appUrl)
    await startLogin(page, name)
    await decide(page, 'decline')

    await expect(page).toHaveURL(demo.appUrl)
    await expect(card(page, name).getByText(/declined/i)).toBeVisible()
    await card(page, name)
      .getByRole('button', { name: /try again/i })
      .click()
    await page.waitForURL((url) => url.hostname.endsWith(`${id}.localhost`))
    await decide(page, 'approve')
    await expect(card(page, name).getByText('Ada Lovelace').first()).toBeVisible()
  })
}

test('the vanilla page shares its sessions with the app, and does dances of its own', async ({
  page,
  demo,
}) => {
  await page.goto(new URL('vanilla/', demo.appUrl).href)
  await startLogin(page, 'GitHub')
  await decide(page, 'approve')
  await page.waitForURL(new URL('vanilla/', demo.appUrl).href)
  await expect(card(page, 'GitHub').getByText('Ada Lovelace')).toBeVisible()
  await expect(card(page, 'GitHub').getByText(/Renews itself within \d/)).toBeVisible()

  const popup = page.waitForEvent('popup')
  await card(page, 'Twitter').getByRole('button', { name: 'In a popup' }).click()
  await decide(await popup, 'approve')
  await card(page, 'Twitter').getByRole('button', { name: 'Call the API' }).click()
  await expect(card(page, 'Twitter').getByText('"username": "ada_lovelace"')).toBeVisible()

  await page.goto(demo.appUrl)
  await expect(card(page, 'Twitter').getByText('Ada Lovelace').first()).toBeVisible()
  await signOut(page, 'GitHub')
  await page.goto(new URL('vanilla/', demo.appUrl).href)
  await expect(card(page, 'GitHub').getByRole('status')).toHaveText('Signed out')
  await signOut(page, 'Twitter')
})

test('secrets stay at the exchange, and only there', async ({ page, demo }) => {
  await page.goto(demo.appUrl)
  for (const [, name] of clients) await signIn(page, name)
  const of = (id: string) =>
    demo.control.requests(id).filter(({ endpoint }) => endpoint === 'token')
  expect(of('github').every((entry) => entry.secretSent && entry.origin === undefined)).toBe(true)
  expect(of('discord').some((entry) => entry.secretSent)).toBe(false)
  expect(of('discord').every((entry) => entry.origin === new URL(demo.appUrl).origin)).toBe(true)
  expect(of('twitter').every((entry) => entry.authorization === 'OAuth')).toBe(true)
})
