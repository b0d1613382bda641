import type { ServerResponse } from 'node:http'
import { fileURLToPath } from 'node:url'
import { randomBytes } from 'node:crypto'
import { test as base, type Page } from '@playwright/test'
import { startExchange } from '@spa-dance/exchange-server/node'
import type { Dance } from '@spa-dance/browser-sdk'
import { oidc } from '@spa-dance/providers/oidc'
import { createServer as createVite } from 'vite'
import { freePort, listen } from './listen.ts'
import { startRedirectingApi, type RedirectingApi } from './redirecting-api.ts'
import { createOpenIdProvider, registrations, type OpenIdProvider } from './oidc-provider.ts'

declare global {
  interface Window {
    /** What app/main.ts makes. */
    dance: Dance
  }
}

/** An app, an exchange and a real OpenID Provider, each on a site of its own. */
export interface OpenIdSite {
  readonly url: string
  readonly exchangeUrl: string
  /** By address, for requests from Node. */
  readonly providerAddress: string
  readonly provider: OpenIdProvider
  /** An API of the app's own, which sends whoever calls it elsewhere. */
  readonly api: RedirectingApi
  /** What the pages of each are sent with, from now on. */
  readonly headers: Readonly<Record<'app' | 'provider', Record<string, string>>>
}

async function startSite(): Promise<OpenIdSite & { close: () => Promise<void> }> {
  const [app, exchangePort, op, api] = await Promise.all([
    listen(),
    freePort(),
    listen(),
    startRedirectingApi(),
  ])
  const url = `http://app.localhost:${app.port}`
  const exchangeUrl = `http://exchange.localhost:${exchangePort}`
  const issuer = `http://op.localhost:${op.port}`
  const provider = createOpenIdProvider(op.http, issuer, {
    page: [`${url}/callback/bound`, `${url}/callback/bearer`],
    origin: url,
    exchange: `${exchangeUrl}/exchanged/callback`,
  })
  const exchange = await startExchange({
    baseUrl: exchangeUrl,
    host: '127.0.0.1',
    port: exchangePort,
    sealKeys: [`k1:${randomBytes(32).toString('base64url')}`],
    apps: { spa: { redirectUris: [`${url}/callback/{client}`] } },
    clients: {
      exchanged: {
        provider: oidc({ id: 'op', name: 'The provider', issuer, route: 'exchange' }),
        clientId: registrations.exchange,
        clientSecret: registrations.exchangeSecret,
      },
    },
  })
  const vite = await createVite({
    configFile: false,
    root: fileURLToPath(new URL('../app', import.meta.url)),
    logLevel: 'error',
    appType: 'spa',
    server: { middlewareMode: true, allowedHosts: true, hmr: false, ws: false },
    resolve: { conditions: ['spa-dance-source', 'module', 'browser', 'development|production'] },
    optimizeDeps: {
      include: [
        '@spa-dance/browser-sdk > dexie',
        '@spa-dance/browser-sdk > oidc-client-ts',
        '@spa-dance/browser-sdk > zustand/vanilla',
      ],
    },
    define: {
      __ISSUER__: JSON.stringify(issuer),
      __API__: JSON.stringify(api.url),
      __EXCHANGE__: JSON.stringify(exchangeUrl),
      __CLIENTS__: JSON.stringify({ page: registrations.page, bearer: registrations.bearer }),
    },
  })
  const headers: OpenIdSite['headers'] = { app: {}, provider: {} }
  app.http.on('request', (_request, response) => addTo(response, headers.app))
  app.http.on('request', vite.middlewares)
  op.http.prependListener('request', (_request, response) => addTo(response, headers.provider))
  return {
    url,
    exchangeUrl,
    providerAddress: `http://127.0.0.1:${op.port}`,
    provider,
    api,
    headers,
    close: async () => {
      await Promise.all([vite.close(), exchange.close(), app.close(), op.close(), api.close()])
    },
  }
}

function addTo(response: ServerResponse, headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
}

export const test = base.extend<object, { site: OpenIdSite }>({
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

/** The clients of app/main.ts. */
export type Client = 'bound' | 'bearer' | 'exchanged'

/** Signs in at oidc-provider's own pages. */
export async function signIn(page: Page, client: Client, person: string) {
  await page.evaluate((name) => void window.dance.login(name), client)
  await page.locator('input[name=login]').fill(person)
  await page.locator('input[name=password]').fill('any')
  await page.getByRole('button', { name: 'Sign-in' }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.waitForURL(/^http:\/\/app\.localhost/)
  return page.evaluate(() => window.dance.ready)
}

/** What the page shows of a client. */
export const sessionOf = (page: Page, client: Client) =>
  page.evaluate((name) => window.dance.getState().sessions[name], client)
