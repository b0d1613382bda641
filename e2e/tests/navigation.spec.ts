import { card, clients, decide, expect, signIn, startLogin, test } from '../support/demo-site.ts'

const tokenRequests = (requests: readonly { endpoint: string }[]) =>
  requests.filter((entry) => entry.endpoint === 'token').length

for (const [id, name] of clients) {
  test(`${name}: reload and back after a callback leave a usable page and no second token request`, async ({
    page,
    demo,
  }) => {
    await page.goto(demo.appUrl)
    await signIn(page, name)
    const before = tokenRequests(demo.control.requests(id))

    await page.reload()
    await expect(card(page, name).getByText('Ada Lovelace').first()).toBeVisible()
    // Back to the consent page, whose request is used up, or to the page before it.
    await page.goBack()
    await expect(page.locator('h1').first()).toBeVisible()
    await page.goForward()
    await page.goto(demo.appUrl)
    await expect(card(page, name).getByText('Ada Lovelace').first()).toBeVisible()
    expect(tokenRequests(demo.control.requests(id))).toBe(before)
  })
}

test('back from the consent page gives the app back, ready for another try', async ({
  page,
  demo,
}) => {
  await page.goto(demo.appUrl)
  await startLogin(page, 'GitHub')
  await page.goBack()
  const button = card(page, 'GitHub').getByRole('button', { name: 'Sign in with GitHub' })
  await expect(button).toBeEnabled()
  await signIn(page, 'GitHub')
})

test('a consent page that is reloaded still ends in a session', async ({ page, demo }) => {
  await page.goto(demo.appUrl)
  await startLogin(page, 'Discord')
  await page.reload()
  await decide(page, 'approve')
  await expect(card(page, 'Discord').getByText('Ada Lovelace').first()).toBeVisible()
})

test('a callback URL that is opened again after its use starts nothing and breaks nothing', async ({
  page,
  demo,
}) => {
  const callbacks: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('/callback/github/')) callbacks.push(request.url())
  })
  await page.goto(demo.appUrl)
  await signIn(page, 'GitHub')
  const before = tokenRequests(demo.control.requests('github'))
  const [callback] = callbacks.filter((url) => url.includes('code='))
  if (!callback) throw new Error('the callback was seen')
  await page.goto(callback)
  await expect(card(page, 'GitHub').getByText('Ada Lovelace').first()).toBeVisible()
  expect(page.url()).not.toMatch(/code=|state=/)
  expect(tokenRequests(demo.control.requests('github'))).toBe(before)
})

test('B-18: no code is left in the address bar, in the history or in performance entries', async ({
  page,
  demo,
}) => {
  await page.goto(demo.appUrl)
  for (const [, name] of clients) await signIn(page, name)
  expect(page.url()).toBe(demo.appUrl)
  const left = await page.evaluate(() =>
    [location.href, document.referrer, JSON.stringify(history.state)].join(' '),
  )
  expect(left).not.toMatch(/[?&](code|state|oauth_verifier)=/)
})
