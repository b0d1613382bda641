import {
  approving,
  comeBack,
  expect,
  expectElement,
  expectPerson,
  press,
  signInButton,
  test,
} from './demo-in-firefox.ts'

test('a page that comes back from the back/forward cache cancels its login and is usable', async ({
  firefox,
  demo,
}) => {
  await firefox.open(demo.appUrl)
  await comeBack(
    firefox,
    async () => {
      await press(firefox, signInButton)
      await expectElement(firefox, approving)
    },
    () => expectElement(firefox, signInButton),
  )
  await press(firefox, signInButton)
  await press(firefox, approving)
  await expectPerson(firefox)
})

test('back and forward after a callback bring the page as it was, and no second token request', async ({
  firefox,
  demo,
}) => {
  await firefox.open(demo.appUrl)
  await press(firefox, signInButton)
  await press(firefox, approving)
  await expectPerson(firefox)
  await comeBack(
    firefox,
    () => firefox.open(`${demo.emulatorUrl}/`),
    () => expectPerson(firefox),
  )
  expect(await firefox.run('location.href')).toBe(demo.appUrl)

  // Back to the consent page, which is used up, or to the page before it.
  await firefox.go(-1)
  await expectElement(firefox, 'h1')
  await firefox.go(1)
  await expectPerson(firefox)
  expect(await firefox.run('location.href')).toBe(demo.appUrl)
  const ofTokens = demo.control.requests('github').filter(({ endpoint }) => endpoint === 'token')
  expect(ofTokens).toHaveLength(1)
})
