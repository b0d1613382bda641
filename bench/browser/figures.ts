import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Page } from 'playwright'
import { bundle } from '../../scripts/checks/bundler.ts'
import { chromiumArgs, findChromium } from '../../scripts/chromium.mjs'
import type { Start } from './pages/clock.ts'

const contestants = ['dance', 'raw', 'oidc'] as const
type Contestant = (typeof contestants)[number]

/** Times in ms, at the middle of all samples. */
export interface Figures {
  readonly browser: string
  /** From a page's start to ten usable tokens, the code being cached. */
  readonly start: Readonly<Record<Contestant, Start>>
  /** One request. */
  readonly request: Readonly<Record<'dance' | 'plain', number>>
  /** What `getState()` says right after `createDance`. */
  readonly firstStatus: string | undefined
}

const folder = fileURLToPath(new URL('.', import.meta.url))
const middle = (all: readonly number[]): number =>
  all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN

/**
 * Measures in real Chromium, with a profile on disk: in a private one IndexedDB stays in memory. Each
 * sample is a page of its own, whose bundle holds what it needs and no more.
 *
 * @param samples of each contestant's start
 */
export async function measureFigures(samples = 31): Promise<Figures> {
  const server = await servePages(['seed', 'requests', ...contestants.map((who) => `start-${who}`)])
  const profile = await mkdtemp(join(tmpdir(), 'spa-dance-bench-'))
  const executablePath = findChromium()
  const context = await chromium.launchPersistentContext(profile, {
    args: [...chromiumArgs],
    ...(executablePath === undefined ? {} : { executablePath }),
  })
  try {
    const page = await context.newPage()
    const open = (name: string) => reportOf(page, `${server.url}/${name}`)
    await open('seed')
    const starts: Record<Contestant, Start[]> = { dance: [], raw: [], oidc: [] }
    let firstStatus: string | undefined
    for (let n = 0; n <= samples; n++) {
      for (const who of contestants) {
        const result = await open(`start-${who}`)
        if (who === 'dance') firstStatus = result.firstStatus
        // The first fills the cache.
        if (n > 0) starts[who].push(result)
      }
    }
    const { dance, plain } = await open('requests')
    return {
      browser: `Chromium ${context.browser()?.version()}`,
      start: {
        dance: middleOf(starts.dance),
        raw: middleOf(starts.raw),
        oidc: middleOf(starts.oidc),
      },
      request: { dance: middle(dance), plain: middle(plain) },
      firstStatus,
    }
  } finally {
    await context.close()
    server.close()
    await rm(profile, { recursive: true, force: true })
  }
}

const middleOf = (starts: readonly Start[]): Start => ({
  fromScript: middle(starts.map(({ fromScript }) => fromScript)),
  fromNavigation: middle(starts.map(({ fromNavigation }) => fromNavigation)),
})

/** What a page reports in the end. */
async function reportOf(
  page: Page,
  url: string,
): Promise<Start & { firstStatus?: string; dance: number[]; plain: number[] }> {
  const reported = page.waitForEvent('console')
  await page.goto(url)
  const message = await reported
  if (message.type() === 'error') throw new Error(`${url}: ${message.text()}`)
  return JSON.parse(message.text())
}

/** Serves each page at its name, with its bundle below, and an API that always answers. */
async function servePages(names: readonly string[]): Promise<{ url: string; close(): void }> {
  const files = new Map<string, string>()
  for (const name of names) {
    const bundled = await bundle(`import './pages/${name}.ts'`, [], folder)
    files.set(`/${name}`, `<script type="module" src="/${name}/${bundled.entry}"></script>`)
    for (const [file, text] of bundled.files) files.set(`/${name}/${file}`, text)
  }
  const server = createServer(({ url = '' }, response) => {
    const script = url.endsWith('.js')
    response.setHeader('Content-Type', script ? 'text/javascript' : 'text/html')
    if (script) response.setHeader('Cache-Control', 'max-age=3600')
    // Else the browser rounds times to 0.1 ms.
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin')
    response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp')
    response.end(files.get(url) ?? '{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://localhost:${port}`, close: () => server.close() }
}
