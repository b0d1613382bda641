import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test as base } from '@playwright/test'
import type { EmulatorControl } from '@spa-dance/emulator'
import { emulated } from '@spa-dance/emulator/emulated'
import { startEmulator } from '@spa-dance/emulator/node'
import { startExchange } from '@spa-dance/exchange-server/node'
import { build, preview, type InlineConfig } from 'vite'
import { freePort } from './listen.ts'
import { rows } from './provider-table.ts'
import { exchangeClient, registrationsOf } from './registrations.ts'

/** An app, an exchange and the emulator, with every provider of the table registered. */
export interface ProviderSite {
  readonly url: string
  readonly control: EmulatorControl
}

async function startSite(): Promise<ProviderSite & { close: () => Promise<void> }> {
  const [appPort, exchangePort, emulatorPort] = [
    await freePort(),
    await freePort(),
    await freePort(),
  ]
  const url = `http://app.localhost:${appPort}`
  const exchangeUrl = `http://exchange.localhost:${exchangePort}`
  const emulatorUrl = `http://localhost:${emulatorPort}`
  const behind = rows.filter(({ provider }) => provider.route === 'exchange')

  const emulator = await startEmulator({
    url: emulatorUrl,
    port: emulatorPort,
    registrations: registrationsOf(url, exchangeUrl),
  })
  const exchange = await startExchange({
    baseUrl: exchangeUrl,
    port: exchangePort,
    sealKeys: [`k1:${randomBytes(32).toString('base64url')}`],
    apps: { spa: { redirectUris: [`${url}/callback/{client}`] } },
    clients: Object.fromEntries(
      behind.map(({ id, provider }) => [id, exchangeClient(id, emulated(provider, emulatorUrl))]),
    ),
  })
  const page = await servePage(appPort, {
    __EMULATOR__: JSON.stringify(emulatorUrl),
    __EXCHANGE__: JSON.stringify(exchangeUrl),
  })
  return {
    url,
    control: emulator.control,
    close: async () => {
      await Promise.all([page.close(), exchange.close(), emulator.close()])
    },
  }
}

/** Builds the page for these very sites and serves it, for callbacks too. */
async function servePage(
  port: number,
  define: Record<string, string>,
): Promise<{ close: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'spa-dance-providers-'))
  const page: InlineConfig = {
    configFile: false,
    root: fileURLToPath(new URL('../app/providers', import.meta.url)),
    logLevel: 'error',
    resolve: { conditions: ['spa-dance-source', 'module', 'browser', 'development|production'] },
    define,
    build: { outDir: folder, emptyOutDir: true },
  }
  await build(page)
  const server = await preview({
    ...page,
    preview: { host: '127.0.0.1', port, strictPort: true, allowedHosts: true },
  })
  return {
    close: async () => {
      await server.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export const test = base.extend<object, { site: ProviderSite }>({
  site: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixture's needs from it
    async ({}, use) => {
      const site = await startSite()
      await use(site)
      await site.close()
    },
    { scope: 'worker' },
  ],
})
export { expect } from '@playwright/test'
