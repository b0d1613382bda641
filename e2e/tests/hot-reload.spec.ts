import { utimesSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { test as base, expect } from '@playwright/test'
import { startDemo } from '../../demo/start.ts'
import { card, signIn } from '../support/demo-site.ts'

const test = base.extend<{ demo: Awaited<ReturnType<typeof startDemo>> }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixture's needs from it
  demo: async ({}, use) => {
    const demo = await startDemo({
      mode: 'dev',
      ports: { app: 0, exchange: 0, emulator: 0 },
      quiet: true,
    })
    await use(demo)
    await demo.close()
  },
})

test('saving a component keeps the session, and saving the dance leaves exactly one', async ({
  page,
  demo,
}) => {
  await page.addInitScript(() => {
    const open = new Set<BroadcastChannel>()
    const Original = BroadcastChannel
    globalThis.BroadcastChannel = class extends Original {
      constructor(name: string) {
        super(name)
        open.add(this)
      }
      override close() {
        open.delete(this)
        super.close()
      }
    }
    Object.assign(globalThis, { openChannels: () => [...open].map(({ name }) => name).toSorted() })
  })
  const channels = () =>
    page.evaluate(() => (globalThis as unknown as { openChannels(): string[] }).openChannels())

  await page.goto(demo.appUrl)
  await signIn(page, 'GitHub')
  await page.evaluate(() => Object.assign(globalThis, { sameDocument: true }))
  const before = await channels()
  expect(before).toContain('spa-dance')

  for (const file of ['App.tsx', 'dance.ts']) {
    const now = new Date()
    utimesSync(fileURLToPath(new URL(`../../demo/src/${file}`, import.meta.url)), now, now)
    await page.waitForTimeout(1_500)
    await expect(card(page, 'GitHub').getByText('Ada Lovelace').first()).toBeVisible()
    expect(await channels(), file).toEqual(before)
  }
  await card(page, 'GitHub').getByRole('button', { name: 'Call the API' }).click()
  await expect(card(page, 'GitHub').getByText('200').first()).toBeVisible()
})
