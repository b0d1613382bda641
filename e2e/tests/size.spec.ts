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

test('by the end of its first login an app has loaded no more than 53.5 kB', async ({
  page,
  site,
}) => {
  const files = watchFiles(page, site)
  await page.goto(`${site.url}/bundled`)
  await page.evaluate(() => void window.dance.login('discord'))
  await approve(page)
  await page.waitForURL(`${site.url}/bundled`)
  const name = () => page.evaluate(() => window.dance.getState().sessions['discord']?.profile?.name)
  await expect.poll(name).toBe('Ada Lovelace')
  expect(await sum(files)).toBeLessThanOrEqual(53_500)
})

test('a page whose person is signed in reads its session without Dexie', async ({ page, site }) => {
  await page.goto(`${site.url}/bundled`)
  await page.evaluate(() => void window.dance.login('discord'))
  await approve(page)
  await page.waitForURL(`${site.url}/bundled`)
  const name = () => page.evaluate(() => window.dance.getState().sessions['discord']?.profile?.name)
  await expect.poll(name).toBe('Ada Lovelace')
  const files = watchFiles(page, site)
  await page.reload()
  const length = await page.evaluate(async () => {
    const token = await window.dance.session('discord').getAccessToken()
    return token.length
  })
  expect(length).toBeGreaterThan(0)
  expect(await sum(files)).toBeLessThanOrEqual(19_500)
})
