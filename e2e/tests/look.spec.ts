import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, signIn, startLogin, test } from '../support/demo-site.ts'

async function expectGoodLook(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  const wider = await page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('.card, .card .head')]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
      .map((wide) => wide.closest('[id]')?.id ?? wide.tagName),
  )
  expect(wider).toEqual([])
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [360, 1280]) {
    test(`the pages read well in ${colorScheme} at ${width} px`, async ({ browser, demo }) => {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } })
      const page = await context.newPage()
      await page.goto(demo.appUrl)
      await expectGoodLook(page)
      await startLogin(page, 'Twitter')
      await expectGoodLook(page)
      await page.goto(demo.appUrl)
      for (const name of ['GitHub', 'Twitter', 'Discord']) await signIn(page, name)
      await expectGoodLook(page)
      await page.goto(new URL('vanilla/', demo.appUrl).href)
      await expectGoodLook(page)
      await context.close()
    })
  }
}
