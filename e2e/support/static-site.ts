import { realpathSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test as base } from '@playwright/test'
import { startEmulator } from '@spa-dance/emulator/node'
import type { Dance, isDanceError } from '@spa-dance/browser-sdk'
import { bundle } from '../../scripts/checks/bundler.ts'
import { listen } from './listen.ts'

declare global {
  interface Window {
    /** One dance of each copy of the SDK in the page. */
    copies: readonly {
      dance: Dance
      isDanceError: typeof isDanceError
      /** The messages of all errors that listeners are told of. */
      errors: string[]
    }[]
  }
}

const packages = fileURLToPath(new URL('../../packages', import.meta.url))
const sdk = join(packages, 'browser-sdk')
const dependency = (name: string): string => realpathSync(join(sdk, 'node_modules', name))

/** By the beginning of a path: the folder that its files are in, as they were built. */
const folders: Readonly<Record<string, string>> = {
  '/sdk/': join(sdk, 'dist'),
  '/sdk-again/': join(sdk, 'dist'),
  '/providers/': join(packages, 'providers/dist'),
  '/emulator/': join(packages, 'emulator/dist'),
  '/dexie/': dependency('dexie'),
  '/zustand/': join(dependency('zustand'), 'esm'),
  '/oidc-client-ts/': dependency('oidc-client-ts'),
  '/jwt-decode/': join(dependency('oidc-client-ts'), '../jwt-decode'),
}

const imports = {
  '@spa-dance/browser-sdk': '/sdk/index.js',
  'another-copy': '/sdk-again/index.js',
  '@spa-dance/providers/discord': '/providers/presets/discord.js',
  '@spa-dance/providers/oidc': '/providers/presets/oidc.js',
  '@spa-dance/emulator/emulated': '/emulator/emulated.js',
  'dexie/dist/modern/dexie.min.mjs': '/dexie/dist/modern/dexie.min.mjs',
  'zustand/vanilla': '/zustand/vanilla.mjs',
  'oidc-client-ts': '/oidc-client-ts/dist/esm/oidc-client-ts.js',
  'jwt-decode': '/jwt-decode/build/esm/index.js',
}

const callbackOfBundle = '/bundled/callback/{client}'
const bundledApp = `import { createDance } from '@spa-dance/browser-sdk'
  import { discord } from '@spa-dance/providers/discord'
  import { emulated } from '@spa-dance/emulator/emulated'
  const provider = emulated(discord(), window.emulator)
  window.dance = createDance({
    clients: { discord: { provider, clientId: 'static' } },
    redirectUri: '${callbackOfBundle}',
  })`

/** The page of an app as a bundler makes it; what belongs to the emulator stays outside. */
const bundledDocument = (emulator: string, entry: string): string => `<!doctype html>
<meta charset="utf-8" />
<title>A bundled page</title>
<link rel="icon" href="data:," />
<script type="importmap">${JSON.stringify({ imports })}</script>
<script>
  window.emulator = ${JSON.stringify(emulator)}
</script>
<script type="module" src="/bundle/${entry}"></script>`

const documentFor = (emulator: string): string => `<!doctype html>
<meta charset="utf-8" />
<title>A page without a bundler</title>
<link rel="icon" href="data:," />
<script type="importmap">${JSON.stringify({ imports })}</script>
<script type="module">
  import * as one from '@spa-dance/browser-sdk'
  import * as two from 'another-copy'
  import { discord } from '@spa-dance/providers/discord'
  import { emulated } from '@spa-dance/emulator/emulated'
  const provider = emulated(discord(), ${JSON.stringify(emulator)})
  const clients = { discord: { provider, clientId: 'static' } }
  window.copies = [one, two].map(({ createDance, isDanceError }) => {
    const dance = createDance({ clients })
    const errors = []
    dance.on('error', ({ error }) => errors.push(error.message))
    return { dance, isDanceError, errors }
  })
</script>`

/** A page of plain files beside an emulator: ES modules by an import map, nothing bundled. */
export interface StaticSite {
  readonly url: string
  /** The same files by address, for requests from Node. */
  readonly address: string
}

async function startSite(): Promise<StaticSite & { close: () => Promise<void> }> {
  const app = await listen()
  const url = `http://app.localhost:${app.port}`
  const redirectUris = [`${url}/callback/discord`, `${url}/bundled/callback/discord`]
  const bundled = await bundle(bundledApp, ['@spa-dance/emulator/emulated'])
  const emulator = await startEmulator({
    port: 0,
    registrations: { discord: [{ clientId: 'static', redirectUris }] },
  })
  app.http.on('request', (request, response) => {
    const { pathname } = new URL(request.url ?? '/', url)
    const part = bundled.files.get(pathname.replace('/bundle/', ''))
    if (part !== undefined) {
      response.setHeader('Content-Type', 'text/javascript').end(part)
      return
    }
    const prefix = Object.keys(folders).find((one) => pathname.startsWith(one))
    if (prefix === undefined) {
      const text = pathname.startsWith('/bundled')
        ? bundledDocument(emulator.url, bundled.entry)
        : documentFor(emulator.url)
      response.setHeader('Content-Type', 'text/html').end(text)
      return
    }
    const file = join(folders[prefix] ?? '', pathname.slice(prefix.length))
    readFile(file).then(
      (content) => {
        const isScript = ['.js', '.mjs'].includes(extname(file))
        response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/plain')
        response.end(content)
      },
      () => response.writeHead(404).end(),
    )
  })
  return {
    url,
    address: `http://127.0.0.1:${app.port}`,
    close: async () => {
      await Promise.all([app.close(), emulator.close()])
    },
  }
}

export const test = base.extend<object, { site: StaticSite }>({
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
