import type { Page } from '@playwright/test'
import { askerOf, leave, proofOf } from '../support/conformance.ts'
import { expect, test, type ProviderSite } from '../support/provider-site.ts'
import { protocolOf, rows, titleOf, type ProviderRow } from '../support/provider-table.ts'

const start = '/deep/page?q=1'

/** Begins a login, decides on the provider's page, and comes back. */
async function dance(page: Page, site: ProviderSite, id: string, decision: 'approve' | 'decline') {
  await page.goto(site.url + start)
  await page.evaluate((name) => void window.dance.login(name).catch(() => {}), id)
  await page.locator(`button[name=decision][value=${decision}]`).click()
  await page.waitForURL(site.url + start)
  return page.evaluate(async () => {
    const result = await window.dance.ready
    return { client: result?.client, returnTo: result?.returnTo, error: result?.error?.code }
  })
}

/** Calls the API as the page would, and says what came back. */
function call(page: Page, { id, call: request = 'GET /', body }: ProviderRow) {
  return page.evaluate(
    async ([name, method, path, json]) => {
      const response = await window.dance.session(name).fetch(path, {
        method,
        ...(json && { body: json, headers: { 'Content-Type': 'application/json' } }),
      })
      return { status: response.status, body: await response.text() }
    },
    [id, ...request.split(' '), body] as [string, string, string, string | undefined],
  )
}

const statusOf = (page: Page, id: string) =>
  page.evaluate((name) => window.dance.getState().sessions[name]?.status, id)

/** Whether a picture is one: loaded and drawn by the page. */
const isPicture = (page: Page, url: string) =>
  page.evaluate(async (src) => {
    const image = new Image()
    image.src = src
    await image.decode()
    return image.naturalWidth > 0
  }, url)

for (const row of rows) {
  const { id, provider } = row
  const name = titleOf(row)
  test(`${name}: decline, approve, API call, refresh and sign-out`, async ({ page, site }) => {
    site.control.reset()
    const seen = (endpoint: string) =>
      site.control
        .requests(provider.id)
        .filter((entry) => entry.endpoint === endpoint && entry.method !== 'OPTIONS')

    const declined = await dance(page, site, id, 'decline')
    expect(declined).toEqual({ client: id, returnTo: start, error: 'access-denied' })
    expect(await statusOf(page, id)).toBe('signed-out')

    const asked = seen('token').length
    expect(await dance(page, site, id, 'approve')).toEqual({ client: id, returnTo: start })
    const approved = await statusOf(page, id)
    expect(approved).toBe('signed-in')
    const tokens = seen('token').slice(asked)
    expect(tokens.map((entry) => entry.status)).toEqual(tokens.map(() => 200))
    const last = tokens.at(-1)
    if (!last) throw new Error('nobody asked for tokens')
    expect(askerOf(last)).toBe(row.route === 'direct' ? 'page' : 'exchange')

    if (row.call) {
      const reply = await call(page, row)
      expect(reply.status).toBe(200)
      expect(reply.body).toContain(row.profile.id)
    }
    const callers = new Set(seen('api').map(askerOf))
    expect([...callers]).toEqual(row.call ? [row.api] : [])

    const profile = await page.evaluate((name) => window.dance.session(name).profile(), id)
    const { picture, ...rest } = profile
    expect({ ...rest, picture: picture !== undefined }).toEqual(row.profile)
    if (picture !== undefined) expect(await isPicture(page, picture)).toBe(true)

    const refreshes = () => seen('token').filter((entry) => entry.grantType === 'refresh_token')
    if (row.refreshes) {
      site.control.expireTokens(provider.id)
      const renewed = await call(page, row)
      expect(renewed.status).toBe(200)
      expect(renewed.body).toContain(row.profile.id)
      expect(refreshes()).toHaveLength(1)
    }
    expect(
      await page.evaluate((name) => window.dance.getState().sessions[name]?.refreshable, id),
    ).toBe(row.refreshes || row.api === 'exchange')

    const told = row.revokes === 'when told'
    const { sessions } = await page.evaluate(
      ([name, revoke]) => window.dance.logout(name, revoke ? { revoke } : {}),
      [id, told] as [string, boolean],
    )
    const revoked = row.revokes === 'never' ? 'skipped' : 'done'
    expect(sessions).toMatchObject([{ client: id, revocation: revoked }])
    expect(await statusOf(page, id)).toBe('signed-out')
    const revocations = seen('revocation')
    expect(revocations.map(({ status }) => status < 300)).toEqual(
      row.revokes === 'never' ? [] : [true],
    )

    const { ends } = provider.revocation ?? {}
    leave(test.info().project.outputDir, id, {
      Provider: name,
      Protocol: protocolOf(provider),
      'Token from': askerOf(last),
      Proof: proofOf(last),
      Decline: declined.error ?? '-',
      Approve: approved ?? '-',
      'API call': [...callers].join(', ') || '-',
      Profile: Object.keys(profile).join(', '),
      Refresh: row.refreshes ? String(refreshes().length) : '-',
      'Sign-out': ends && revocations.length > 0 ? `${ends}${told ? ', when told' : ''}` : '-',
    })
  })
}
