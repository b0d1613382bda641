import { brotliCompressSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { approve } from '@spa-dance/emulator/playwright'
import { expect, test, type StaticSite } from '../support/static-site.ts'

/** The bundled files that a page loads from now on: their brotli bytes, by name. */
function watchFiles(page: Page, site: StaticSite): Map<string, Promise<number>> {
  const files = new Map<string, Promise<number>>()
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (!pathname.startsWith('/bundle/')) return
    // From the server: what the page has of it may be gone with the next page.
    const size = async (): Promise<number> => {
      const file = await fetch(site.address + pathname)
      return brotliCompressSync(await file.text()).length
    }
    files.set(pathname, files.get(pathname) ?? size())
  })
  return files
}

const sum = async (files: ReadonlyMap<string, Promise<number>>): Promise<number> =>
  (await Promise.all(files.values())).reduce((all, one) => all + one, 0)

test('a visitor who never signed in loads the entry alone, and opens no database', async ({
  page,
  site,
}) => {
  const files = watchFiles(page, site)
  await page.goto(`${site.url}/bundled`)
  const databases = await page.evaluate(async () => {
    await window.dance.ready
    return indexedDB.databases()
  })
  expect(databases).toEqual([])
  expect(await sum(files)).toBeLessThanOrEqual(5_000)
})

async function signIn(page: Page, site: StaticSite): Promise<void> {
  await page.goto(`${site.url}/bundled`)
  await page.evaluate(() => void window.dance.login('discord'))
  await approve(page)
  await page.waitForURL(`${site.url}/bundled`)
  const name = () => page.evaluate(() => window.dance.getState().sessions['discord']?.profile?.name)
  await expect.poll(name).toBe('Ada Lovelace')
}

/** What renews tokens comes when the page has shown itself, so it may be among the files or not. */
const isRenewal = (file: string): boolean => /\/refresh-/.test(file)

/** Waits for the part that renews tokens. @returns the bytes of all files, and of that one */
async function untilRenewal(
  files: ReadonlyMap<string, Promise<number>>,
): Promise<{ others: number; renewal: number }> {
  await expect.poll(() => [...files.keys()].filter(isRenewal)).toHaveLength(1)
  const renewal = await sum(new Map([...files].filter(([file]) => isRenewal(file))))
  return { others: (await sum(files)) - renewal, renewal }
}

test('by the end of its first login an app has loaded no more than 48 kB; 2 kB follow', async ({
  page,
  site,
}) => {
  const files = watchFiles(page, site)
  await signIn(page, site)
  const { others, renewal } = await untilRenewal(files)
  expect(others).toBeLessThanOrEqual(48_000)
  expect(renewal).toBeLessThanOrEqual(2_000)
})

test('a page whose person is signed in reads its session without Dexie', async ({ page, site }) => {
  await signIn(page, site)
  const files = watchFiles(page, site)
  await page.reload()
  const length = await page.evaluate(async () => {
    const token = await window.dance.session('discord').getAccessToken()
    return token.length
  })
  expect(length).toBeGreaterThan(0)
  const { others } = await untilRenewal(files)
  expect(others).toBeLessThanOrEqual(15_800)
})
