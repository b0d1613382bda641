import { expect, test } from '../support/openid-site.ts'

test('B-56: a real OpenID Provider signs the person out of itself, and sends them back', async ({
  page,
  site,
}) => {
  await page.goto(`${site.url}/inbox`)
  await page.evaluate(() => void window.dance.login('bound'))
  await page.locator('input[name=login]').fill('ada')
  await page.locator('input[name=password]').fill('any')
  await page.getByRole('button', { name: 'Sign-in' }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.waitForURL(`${site.url}/inbox`)

  const revoked = page.waitForResponse((response) => response.url().includes('/revocation'))
  await page.evaluate(() => void window.dance.logout('bound', { provider: true, returnTo: '/bye' }))
  await revoked
  await page.getByRole('button', { name: 'Yes, sign me out' }).click()
  await page.waitForURL(`${site.url}/bye`)
  expect(await page.evaluate(() => window.dance.ready)).toEqual({
    client: 'bound',
    returnTo: '/bye',
  })
  expect(await page.evaluate(() => window.dance.getState().sessions['bound']?.status)).toBe(
    'signed-out',
  )

  // The provider has forgotten the person: it asks who they are.
  await page.evaluate(() => void window.dance.login('bound'))
  await expect(page.locator('input[name=login]')).toBeVisible()
})
