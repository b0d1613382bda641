import { fileURLToPath } from 'node:url'
import { defineBrowserProvider } from '@vitest/browser'
import type { BrowserProvider, BrowserProviderOption, TestProject } from 'vitest/node'
import type { WebKit } from './webkit.ts'

declare module 'vitest/browser' {
  interface BrowserCommands {
    __vitest_viewport: () => void
  }
}

/** Lets Vitest run its pages in WebKitGTK. Locators there find and click; nothing else is driven. */
export const webkit = (): BrowserProviderOption =>
  defineBrowserProvider({
    name: 'webkitgtk',
    supportedBrowser: ['webkit'],
    options: {},
    providerFactory,
  })

function providerFactory(project: TestProject): BrowserProvider {
  let running: Promise<WebKit> | undefined
  // The window keeps its size, on which no test depends.
  project.browser?.registerCommand('__vitest_viewport', () => {})
  return {
    name: 'webkitgtk',
    supportsParallelism: false,
    initScripts: [fileURLToPath(new URL('webkit-locators.js', import.meta.url))],
    getCommandsContext: () => ({}),
    openPage: async (_session, url) => {
      running ??= import('./webkit.ts').then(({ startWebKit }) => startWebKit())
      const { driver } = await running
      await driver.get(url)
    },
    close: async () => {
      const browser = await running?.catch(() => undefined)
      running = undefined
      await browser?.stop()
    },
  }
}
