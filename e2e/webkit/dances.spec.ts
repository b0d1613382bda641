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

test('a person signs in by redirect, calls the API and signs out', async ({ driver, demo }) => {
  await driver.get(demo.appUrl)
  await signIn(driver, 'github')
  expect(await driver.getCurrentUrl()).toBe(demo.appUrl)
  await press(driver, buttonOf('github').callApi)
  await expectText(driver, 'github', '200 OK')
  await press(driver, buttonOf('github').signOut)
  await expectStatus(driver, 'github', 'signed-out')
  expect(demo.control.requests('github').filter(({ endpoint }) => endpoint === 'token')).toEqual([
    expect.objectContaining({ status: 200, secretSent: true }),
  ])
})

test('the relay signs the calls of an API that a page may not call', async ({ driver, demo }) => {
  await driver.get(demo.appUrl)
  await signIn(driver, 'twitter')
  await press(driver, buttonOf('twitter').callApi)
  await expectText(driver, 'twitter', '200 OK')
  const calls = demo.control.requests('twitter').filter(({ endpoint }) => endpoint === 'api')
  expect(calls.length).toBeGreaterThan(0)
  for (const call of calls) {
    expect(call).toMatchObject({ status: 200, authorization: 'OAuth' })
    expect(call.origin).toBeUndefined()
  }
})

test('a person declines, and tries again', async ({ driver, demo }) => {
  await driver.get(demo.appUrl)
  await press(driver, buttonOf('discord').signIn)
  await press(driver, decision('decline'))
  await expectText(driver, 'discord', 'declined')
  expect(await driver.getCurrentUrl()).toBe(demo.appUrl)
  await press(driver, buttonOf('discord').tryAgain)
  await press(driver, decision('approve'))
  await expectPerson(driver, 'discord')
})

test('B-24: a popup is opened while the engine still knows of the click', async ({
  driver,
  demo,
}) => {
  await driver.get(demo.appUrl)
  // It does block, where nobody has clicked.
  await expect(driver.executeScript('return window.open("about:blank") === null')).resolves.toBe(
    true,
  )
  await press(driver, '.mode label:nth-of-type(2)')
  await driver.executeScript(`
    const { open } = window
    window.open = (...args) => (window.popup = open(...args))
  `)
  const page = await driver.getWindowHandle()
  await press(driver, buttonOf('github').signIn)
  await expect.poll(() => driver.getAllWindowHandles()).toHaveLength(2)
  const popup = (await driver.getAllWindowHandles()).find((handle) => handle !== page)
  await driver.switchTo().window(String(popup))
  await expectElement(driver, decision('approve'))
  // The driver hangs if the window closes that it looks at, so the page gives the sign.
  await driver.executeScript(
    'const css = arguments[0]; onmessage = () => document.querySelector(css).click()',
    decision('approve'),
  )
  await driver.switchTo().window(page)
  await driver.executeScript('window.popup.postMessage("go", "*")')
  await expectPerson(driver, 'github')
  expect(await driver.getCurrentUrl()).toBe(demo.appUrl)
})
