import { readFileSync } from 'node:fs'
import { test as base } from '@playwright/test'
import { startDemo } from '../../demo/start.ts'
import { card, clients, expect, signIn, signOut, type DemoSite } from '../support/demo-site.ts'

const guide = readFileSync(new URL('../../docs/static-hosts.md', import.meta.url), 'utf8')

/** The policy that docs/static-hosts.md recommends, with the hosts of a demo. */
function documentedPolicy(exchangeUrl: string, emulatorUrl: string): string {
  const emulated = (host: string) => emulatorUrl.replace('localhost', `${host}.localhost`)
  const [, policy = ''] = /Content-Security-Policy:\n([\s\S]*?)```/.exec(guide) ?? []
  return policy
    .replace(/\s+/g, ' ')
    .trim()
    .replace('https://auth.example.com', exchangeUrl)
    .replace(
      'https://avatars.githubusercontent.com',
      emulated('avatars-githubusercontent-com.github'),
    )
    .replace('https://cdn.discordapp.com', emulated('cdn-discordapp-com.discord'))
    .replace('https://pbs.twimg.com', emulated('pbs-twimg-com.twitter'))
    .replace('https://api.github.com', emulated('api-github-com.github'))
    .replace('https://discord.com', emulated('discord'))
}

const test = base.extend<{ demo: DemoSite }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixture's needs from it
  demo: async ({}, use) => {
    const demo = await startDemo({
      mode: 'built',
      ports: { app: 0, exchange: 0, emulator: 0 },
      quiet: true,
      headers: ({ exchangeUrl, emulatorUrl }) => ({
        'Content-Security-Policy': documentedPolicy(exchangeUrl, emulatorUrl),
      }),
    })
    await use(demo)
    await demo.close()
  },
})

test('B-54: all three dances work under the documented Content-Security-Policy', async ({
  page,
  demo,
}) => {
  const violations: string[] = []
  await page.exposeFunction('tellViolation', (text: string) => violations.push(text))
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
      const { tellViolation } = window as unknown as { tellViolation(text: string): void }
      tellViolation(`${violatedDirective} ${blockedURI} ${sample}`)
    })
  })

  const answer = await page.goto(demo.appUrl)
  const policy = answer?.headers()['content-security-policy'] ?? ''
  expect(policy).toContain("require-trusted-types-for 'script'")
  expect(policy).not.toContain('https://')
  for (const [, name] of clients) {
    await signIn(page, name)
    await expect(card(page, name).locator('img').first()).toHaveJSProperty('complete', true)
    await card(page, name).getByRole('button', { name: 'Call the API' }).click()
    await expect(card(page, name).getByText('200').first()).toBeVisible()
  }
  for (const [, name] of clients) await signOut(page, name)
  expect(violations).toEqual([])
  // The policy is enforced: what it does not list is blocked.
  await page.evaluate(() => fetch('http://elsewhere.localhost/').catch(() => undefined))
  await expect.poll(() => violations.join()).toContain('connect-src http://elsewhere.localhost')
})
