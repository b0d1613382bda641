import type { BrowserContext, Page } from '@playwright/test'
import { expect, sessionOf, signIn, test, type OpenIdSite } from '../support/openid-site.ts'

// `pnpm test:races` runs them in full.
const full = process.env['RACES'] === 'full'
const [tabs, expiries, callbacks] = full ? [8, 20, 200] : [4, 3, 10]

test.describe.configure({ timeout: full ? 600_000 : 60_000 })

const counter =
  ({ provider }: OpenIdSite) =>
  (what: string): number =>
    provider.seen.filter((entry) => entry === what).length

/** Opens a page of the app, and waits until it knows who is signed in. */
async function openTab(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(url)
  await page.evaluate(async () => void (await window.dance.ready))
  return page
}

for (const client of ['bearer', 'bound'] as const) {
  test(`B-30: ${tabs} tabs and ${expiries} expiries, ${client}: one refresh each, and the grant lives`, async ({
    context,
    page,
    site,
  }) => {
    const count = counter(site)
    await page.goto(site.url)
    await signIn(page, client, `racer-${client}`)
    const pages = [page]
    while (pages.length < tabs) pages.push(await openTab(context, site.url))
    const before = count('token:refresh_token')
    const revoked = count('grant-revoked')
    for (let round = 1; round <= expiries; round++) {
      await site.provider.endAccessToken()
      const ids = await Promise.all(
        pages.map((tab) =>
          tab.evaluate(async (name) => (await window.dance.session(name).profile()).id, client),
        ),
      )
      expect(new Set(ids)).toEqual(new Set([`racer-${client}`]))
      expect(count('token:refresh_token')).toBe(before + round)
    }
    expect(count('grant-revoked')).toBe(revoked)
    expect(count('token-error:invalid_grant')).toBe(0)
  })
}

test(`B-13: ${callbacks} answers, each opened in two tabs at once: one token request each`, async ({
  context,
  page,
  site,
}) => {
  const count = counter(site)
  await page.goto(site.url)
  await signIn(page, 'bearer', 'double')
  const other = await openTab(context, site.url)
  const before = count('token:authorization_code')
  const asked: string[] = []
  context.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/token')) asked.push(request.url())
  })
  for (let n = 1; n <= callbacks; n++) {
    // The provider knows the person, and answers at once; but nobody goes there yet.
    const answered = new Promise<string>((resolve) => {
      void page.route('**/auth?*', async (route) => {
        const { pathname, search } = new URL(route.request().url())
        const url = site.providerAddress + pathname + search
        resolve((await route.fetch({ url, maxRedirects: 0 })).headers()['location'] ?? '')
        await route.abort()
      })
    })
    await page.evaluate(() => void window.dance.login('bearer', { prompt: 'none' }))
    const answer = await answered
    await page.unroute('**/auth?*')
    await Promise.all([page.goto(answer), other.goto(answer)])
    const results = await Promise.all(
      [page, other].map((tab) =>
        tab.evaluate(async () => (await window.dance.ready)?.error?.code ?? 'none'),
      ),
    )
    expect(results).toEqual(['none', 'none'])
    expect(asked).toHaveLength(n)
    expect(count('token:authorization_code')).toBe(before + n)
  }
})

test('B-31: a tab that is killed between the answer and its keeping costs one clean login', async ({
  context,
  page,
  site,
}) => {
  const count = counter(site)
  await page.goto(site.url)
  await signIn(page, 'bearer', 'killed')
  const before = count('token:refresh_token')
  const refused = count('token-error:invalid_grant')
  await site.provider.endAccessToken()
  // It gets as far as to what would keep the answer.
  await page.evaluate(() => {
    const { fetch: send } = window
    window.fetch = async (input, init) => {
      const response = await send(input, init)
      if (response.url.endsWith('/token')) {
        IDBObjectStore.prototype.put = () => {
          document.title = 'answered'
          return new EventTarget() as IDBRequest<IDBValidKey>
        }
      }
      return response
    }
    void window.dance.session('bearer').profile()
  })
  await page.waitForFunction(() => document.title === 'answered')
  await page.close()
  expect(count('token:refresh_token')).toBe(before + 1)

  // From the first moment: a tab may find out by itself, before anything is called.
  await context.addInitScript(() => {
    let made: typeof window.dance
    const expired: string[] = []
    Object.assign(window, { expired })
    Object.defineProperty(window, 'dance', {
      get: () => made,
      set: (dance: typeof window.dance) => {
        made = dance
        dance.on('expired', ({ client }) => void expired.push(client))
      },
    })
  })
  const next = await openTab(context, site.url)
  const outcome = await next.evaluate(async () => {
    const session = window.dance.session('bearer')
    const codes = []
    for (let n = 0; n < 3; n++) {
      codes.push(await session.profile().then(String, (error: { code: string }) => error.code))
    }
    const expired: unknown = Reflect.get(window, 'expired')
    return { codes, expired, status: window.dance.getState().sessions['bearer']?.status }
  })
  const gone = 'session-expired'
  expect(outcome.expired).toEqual(['bearer'])
  expect(outcome.status).toBe('expired')
  expect(outcome.codes.slice(1)).toEqual([gone, gone])
  // The old token is known to be used: once, and never again.
  expect(count('token-error:invalid_grant')).toBe(refused + 1)
  // The provider has ended the whole grant, and so asks again.
  await next.evaluate(() => void window.dance.login('bearer'))
  await next.getByRole('button', { name: 'Continue' }).click()
  await next.waitForURL(`${site.url}/`)
  expect(await next.evaluate(async () => (await window.dance.ready)?.error)).toBeUndefined()
  expect(await sessionOf(next, 'bearer')).toMatchObject({ status: 'signed-in' })
})
