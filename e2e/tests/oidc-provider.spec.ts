import { expect, sessionOf, signIn, test } from '../support/openid-site.ts'

for (const client of ['bound', 'bearer', 'exchanged'] as const) {
  test(`a real OpenID Provider: the ${client} client signs in, refreshes and signs out`, async ({
    page,
    site,
  }) => {
    const count = (what: string) => site.provider.seen.filter((entry) => entry === what).length
    const person = `ada-${client}`
    const before = {
      codes: count('token:authorization_code'),
      refreshes: count('token:refresh_token'),
    }

    await page.goto(`${site.url}/deep/page?q=1#part`)
    expect(await signIn(page, client, person)).toEqual({ client, returnTo: '/deep/page?q=1#part' })
    expect(page.url()).toBe(`${site.url}/deep/page?q=1#part`)
    // The session is there at once; what the provider says of the person follows.
    expect(await sessionOf(page, client)).toMatchObject({ status: 'signed-in', account: person })
    await expect
      .poll(() => sessionOf(page, client))
      .toMatchObject({
        profile: { id: person, name: `${person} of the test`, email: `${person}@example.com` },
      })
    expect(count('token:authorization_code')).toBe(before.codes + 1)

    // Each refresh rotates: the second would end the grant if the first had not been kept.
    for (let n = 1; n <= 2; n++) {
      await page.evaluate(
        (name) =>
          window.dance
            .session(name)
            .getAccessToken({ minValidity: 3600 })
            .catch(() => {}),
        client,
      )
      expect(count('token:refresh_token')).toBe(before.refreshes + n)
    }
    expect(
      await page.evaluate((name) => window.dance.session(name).profile(), client),
    ).toMatchObject({
      id: person,
    })

    await page.reload()
    expect(await sessionOf(page, client)).toMatchObject({ status: 'signed-in' })
    expect(
      await page.evaluate((name) => window.dance.session(name).profile(), client),
    ).toMatchObject({
      id: person,
    })

    const revocations = count('revocation:200')
    const result = await page.evaluate((name) => window.dance.logout(name), client)
    expect(result.sessions).toMatchObject([{ client, revocation: 'done' }])
    expect(await sessionOf(page, client)).toMatchObject({ status: 'signed-out' })
    expect(count('revocation:200')).toBeGreaterThan(revocations)
    // The first proof can't hold the provider's nonce: it is told, and asked again (RFC 9449 §8).
    const errors = site.provider.seen.filter((entry) => entry.startsWith('token-error'))
    expect(errors.filter((entry) => !entry.endsWith('use_dpop_nonce'))).toEqual([])
  })
}

test('a token bound by DPoP is refused without its key', async ({ page, site }) => {
  await page.goto(site.url)
  await signIn(page, 'bound', 'grace')
  const token = site.provider.lastAccessToken()
  expect(token).not.toBe('')
  const refused = page.evaluate(() => window.dance.session('bound').getAccessToken())
  await expect(refused).rejects.toThrow('session("bound").fetch')
  for (const scheme of ['DPoP', 'Bearer']) {
    const alone = await fetch(`${site.providerAddress}/me`, {
      headers: { Authorization: `${scheme} ${token}` },
    })
    expect([400, 401]).toContain(alone.status)
    expect(await alone.text()).not.toContain('grace')
  }
  expect(await page.evaluate(() => window.dance.session('bound').profile())).toMatchObject({
    id: 'grace',
  })
})

test('a person who declines comes back to where they were, with a calm error', async ({
  page,
  site,
}) => {
  await page.goto(`${site.url}/here`)
  await page.evaluate(() => void window.dance.login('bound'))
  await page.getByRole('link', { name: /cancel/i }).click()
  await page.waitForURL(`${site.url}/here`)
  const result = await page.evaluate(async () => {
    const done = await window.dance.ready
    return { code: done?.error?.code, returnTo: done?.returnTo }
  })
  expect(result).toEqual({ code: 'access-denied', returnTo: '/here' })
  expect(await sessionOf(page, 'bound')).toMatchObject({ status: 'signed-out' })
})

test('B-27: a redirect of the API takes the token nowhere else', async ({ page, site }) => {
  await page.goto(site.url)
  await signIn(page, 'bearer', 'lin')
  await page.evaluate(() =>
    window.dance
      .session('bearer')
      .fetch('/anything')
      .catch(() => undefined),
  )
  expect(site.api.seen.api).toEqual([expect.stringMatching(/^Bearer ./)])
  expect(site.api.seen.elsewhere.filter((authorization) => authorization !== undefined)).toEqual([])
})
