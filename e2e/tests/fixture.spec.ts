import { fixtures, type SignIn } from '@spa-dance/emulator/playwright'
import { card, expect, test as base } from '../support/demo-site.ts'

const test = base.extend<{ signIn: SignIn }>(fixtures)

test('the fixture for app authors signs in whom a test names, once per context', async ({
  page,
  demo,
  signIn,
}) => {
  await page.goto(demo.appUrl)
  const github = card(page, 'GitHub')
  const start = () => github.getByRole('button', { name: 'Sign in with GitHub' }).click()
  await signIn(start, { as: 'grace' })
  await expect(github.getByText('Grace Hopper').first()).toBeVisible()
})
