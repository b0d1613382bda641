import {
  buttonOf,
  decision,
  expect,
  expectElement,
  expectPerson,
  expectStatus,
  expectText,
  press,
  signIn,
  test,
} from './demo-in-webkit.ts'

test('a reload keeps the session, and the stored key that renews it', async ({ driver, demo }) => {
  const refreshes = () =>
    demo.control.requests('github').filter(({ grantType }) => grantType === 'refresh_token')

  await driver.get(demo.appUrl)
  await signIn(driver, 'github')
  await driver.navigate().refresh()
  await expectPerson(driver, 'github')
  expect(refreshes()).toHaveLength(0)

  // What the page holds looks valid: only the API's 401 tells.
  demo.control.expireTokens('github')
  await press(driver, buttonOf('github').callApi)
  await expectText(driver, 'github', '200 OK')
  expect(refreshes()).toEqual([expect.objectContaining({ status: 200 })])
})

test('a sign-out in one window is seen in the other', async ({ driver, demo }) => {
  await driver.get(demo.appUrl)
  await signIn(driver, 'github')
  const first = await driver.getWindowHandle()
  await driver.switchTo().newWindow('window')
  await driver.get(demo.appUrl)
  await expectPerson(driver, 'github')
  await press(driver, buttonOf('github').signOut)
  await expectStatus(driver, 'github', 'signed-out')
  await driver.switchTo().window(first)
  await expectStatus(driver, 'github', 'signed-out')
})

test('a page that the back/forward cache gives back from the consent page is usable', async ({
  driver,
  demo,
}) => {
  await driver.get(demo.appUrl)
  await driver.executeScript(`
    addEventListener('pageshow', ({ persisted }) => {
      document.documentElement.dataset.restored = persisted
    })
  `)
  await press(driver, buttonOf('github').signIn)
  await expectElement(driver, decision('approve'))
  await driver.navigate().back()
  await expectElement(driver, '[data-restored=true]')
  await expectStatus(driver, 'github', 'signed-out')
  await signIn(driver, 'github')
})
