import { expect, test } from 'vitest'
import { exchange, exchangeReply, openBrowser } from '../testing-internal/dancers.ts'
import { jsonReply } from '../testing-internal/fake-server.ts'

const api = 'https://api.github.com/user'

test('of all tabs that hear of a login, one asks who it is, and tells the others', async () => {
  const browser = openBrowser()
  browser.server.route(`${exchange}/${browser.database}/github/token`, () =>
    jsonReply({ ...exchangeReply(1), account: { id: '7' } }),
  )
  const others = [browser.open('/a'), browser.open('/b')]
  await Promise.all(others.map(({ dance }) => dance.ready))
  const { dance } = await browser.signIn()
  for (const one of [dance, ...others.map((other) => other.dance)]) {
    const name = () => one.getState().sessions['github']?.profile?.name
    await expect.poll(name, { timeout: 5_000 }).toBe('ada')
  }
  expect(browser.server.to(api)).toHaveLength(1)
})
