import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright'
import { bundle } from '../../scripts/checks/bundler.ts'
import { chromiumArgs, findChromium } from '../../scripts/chromium.mjs'

/** Times in ms, at the middle of all samples. */
export interface Figures {
  readonly browser: string
  /** Page start to ten usable tokens, the code being cached. */
  readonly start: Readonly<Record<'dance' | 'raw' | 'oidc', number>>
  /** The same once more in that page, where all code is there and warm. */
  readonly again: Readonly<Record<'dance' | 'raw', number>>
  /** One request. */
  readonly request: Readonly<Record<'dance' | 'plain', number>>
  /** What `getState()` says right after `createDance`. */
  readonly firstState: string | undefined
}

const folder = fileURLToPath(new URL('.', import.meta.url))
const middle = (all: readonly number[]): number =>
  all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN

/**
 * Measures in real Chromium, each sample of a start in a page of its own.
 *
 * @param samples of each contestant
 */
export async function measureFigures(samples = 25): Promise<Figures> {
  const { files, entry } = await bundle(`import './page.ts'`, [], folder)
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').slice(1)
    const file = files.get(path)
    if (file !== undefined) {
      response.setHeader('Content-Type', 'text/javascript')
      response.setHeader('Cache-Control', 'max-age=3600')
    } else if (!path.startsWith('api/')) response.setHeader('Content-Type', 'text/html')
    response.end(
      file ?? (path.startsWith('api/') ? '{}' : `<script type="module" src="/${entry}"></script>`),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://localhost:${(server.address() as AddressInfo).port}/`
  const executablePath = findChromium()
  const browser = await chromium.launch({
    args: [...chromiumArgs],
    ...(executablePath === undefined ? {} : { executablePath }),
  })
  try {
    const page = await browser.newPage()
    const open = async (): Promise<void> => {
      await page.goto(url)
      await page.waitForFunction(() => 'bench' in window)
    }
    await open()
    await page.evaluate(() => window.bench.seed())
    const times: Record<'dance' | 'raw' | 'oidc', number[]> = { dance: [], raw: [], oidc: [] }
    const again: Record<'dance' | 'raw', number[]> = { dance: [], raw: [] }
    for (let n = 0; n <= samples; n++) {
      for (const who of ['raw', 'dance', 'oidc'] as const) {
        await open()
        const time = await page.evaluate((name) => window.bench.start(name), who)
        const more = await page.evaluate((name) => window.bench.start(name), who)
        // The first fills the cache.
        if (n === 0) continue
        times[who].push(time)
        if (who !== 'oidc') again[who].push(more)
      }
    }
    await open()
    const { dance, plain } = await page.evaluate(() => window.bench.requests(300))
    return {
      browser: `Chromium ${browser.version()}`,
      start: { dance: middle(times.dance), raw: middle(times.raw), oidc: middle(times.oidc) },
      again: { dance: middle(again.dance), raw: middle(again.raw) },
      request: { dance: middle(dance), plain: middle(plain) },
      firstState: await page.evaluate(() => window.bench.firstState()),
    }
  } finally {
    await browser.close()
    server.close()
  }
}
