import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EmulatorControl } from '@spa-dance/emulator'
import { startEmulator } from '@spa-dance/emulator/node'
import { startExchange } from '@spa-dance/exchange-server/node'
import { build, createServer, type InlineConfig } from 'vite'
import { emulatorOptions, exchangeOptions } from './server/registrations.ts'
import { chooseSites, usualPorts, type Ports, type Sites } from './server/sites.ts'
import { serveFiles } from './server/static-files.ts'

/** What `startDemo` takes. */
export interface DemoOptions {
  /** `dev`: Vite's server, with hot reloading. `built`: a build below `/app/`, served as plain files. */
  mode: 'dev' | 'built'
  /** A port that is taken gives way to a free one, 0 means any. @default 5173, 8787, 4180 */
  ports?: Partial<Ports>
  /** Says nothing of ports that are taken. @default false */
  quiet?: boolean
  /** How long GitHub's access tokens live, in seconds: short, so that a renewal can be watched. @default 90 */
  tokenLifetime?: number
  /** What the files are sent with, in mode `built`, such as a Content-Security-Policy. @default none */
  headers?: (sites: Sites) => Readonly<Record<string, string>>
}

/** A demo that runs. */
export interface Demo extends Omit<Sites, 'ports'> {
  /** Scripts the emulated providers. */
  readonly control: EmulatorControl
  /** The folder that is served, in mode `built`. */
  readonly folder?: string
  close(): Promise<void>
}

/** Starts the emulator, the exchange and the app, each on a site of its own. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { mode, ports, quiet = false, tokenLifetime = 90, headers } = options
  const say = quiet ? () => {} : (line: string) => process.stdout.write(`${line}\n`)
  const base = mode === 'built' ? '/app/' : '/'
  const sites = await chooseSites({ ...usualPorts, ...ports }, base, say)
  const started: (() => Promise<unknown>)[] = []
  const close = async () => {
    for (const stop of started.splice(0).toReversed()) await stop()
  }

  try {
    const local = { host: '127.0.0.1' }
    const emulator = await startEmulator({
      ...emulatorOptions(sites),
      ...local,
      port: sites.ports.emulator,
    })
    started.push(() => emulator.close())
    emulator.control.setTokenLifetime('github', tokenLifetime)
    const exchange = await startExchange({
      ...exchangeOptions(sites),
      ...local,
      port: sites.ports.exchange,
    })
    started.push(() => exchange.close())
    const app =
      mode === 'dev' ? await serveSources(sites) : await serveBuild(sites, base, headers?.(sites))
    started.push(app.close)

    const { control } = emulator
    const { ports: _, ...urls } = sites
    return { ...urls, control, ...(app.folder && { folder: app.folder }), close }
  } catch (error) {
    await close()
    throw error
  }
}

interface App {
  readonly folder?: string
  close(): Promise<void>
}

const config = (sites: Sites): InlineConfig => ({
  configFile: join(import.meta.dirname, 'vite.config.ts'),
  // By Node, which finds the packages' sources: Vite itself would look for them built.
  configLoader: 'native',
  logLevel: 'warn',
  clearScreen: false,
  define: {
    'import.meta.env.VITE_EXCHANGE_URL': JSON.stringify(sites.exchangeUrl),
    'import.meta.env.VITE_EMULATOR_URL': JSON.stringify(sites.emulatorUrl),
  },
})

async function serveSources(sites: Sites): Promise<App> {
  const vite = await createServer({
    ...config(sites),
    server: { host: '127.0.0.1', port: sites.ports.app, strictPort: true },
  })
  await vite.listen()
  return { close: () => vite.close() }
}

/** Builds for these very sites, into a folder of its own: two demos never share one. */
async function serveBuild(
  sites: Sites,
  base: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<App> {
  const folder = await mkdtemp(join(tmpdir(), 'spa-dance-demo-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    await build({ ...config(sites), base, build: { outDir: folder, emptyOutDir: true } })
    const files = await serveFiles({ folder, base, headers }, sites.ports.app)
    return { folder, close: () => files.close().then(remove) }
  } catch (error) {
    await remove()
    throw error
  }
}
