// `pnpm bench:browser`: measures, prints a table, and writes it and its data to docs/.
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { format } from 'prettier'
import { measureFigures, type Figures } from './figures.ts'
import type { Start } from './pages/clock.ts'
import { measureParts, measureSizes, type Part, type Size } from './sizes.ts'

const docs = new URL('../../docs/', import.meta.url)
const kilo = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`
const ms = (time: number): string => `${time.toFixed(2)} ms`

function tables(
  sizes: readonly Size[],
  parts: readonly Part[],
  { browser, start, request, firstStatus }: Figures,
): string {
  const row = (what: string, of: keyof Start): string =>
    `| ${what} | ${ms(start.dance[of])} | by hand ${ms(start.raw[of])} (${(start.dance[of] / start.raw[of]).toFixed(2)} times); oidc-client-ts, not encrypted, ${ms(start.oidc[of])} |`
  return `
Measured in ${browser} on ${cpus().length} cores of ${cpus()[0]?.model ?? 'an unknown processor'}.

| figure | SPA-Dance | beside it |
| --- | --- | --- |
${row('ten usable tokens, from the start of the page’s script', 'fromScript')}
${row('the same from the navigation', 'fromNavigation')}
| a request with a valid token, p50 | ${ms(request.dance)} | plain \`fetch\`: ${ms(request.plain)} (ours adds ${ms(request.dance - request.plain)}) |
| status at the first render | ${String(firstStatus)} | |

| library | with the page | with all that it may load later |
| --- | --- | --- |
${sizes.map(({ name, eager, all }) => `| ${name} | ${kilo(eager)} | ${kilo(all)} |`).join('\n')}

| part of SPA-Dance | when it is loaded | brotli |
| --- | --- | --- |
${parts.map(({ name, when, bytes }) => `| ${name} | ${when} | ${kilo(bytes)} |`).join('\n')}
`
}

const sizes = await measureSizes()
const parts = await measureParts()
const figures = await measureFigures()
const page = new URL('performance-browser.md', docs)
const text = readFileSync(page, 'utf8').replace(
  /(<!-- figures -->\n)[\s\S]*(<!-- end -->)/,
  (_all, start: string, end: string) => start + tables(sizes, parts, figures) + end,
)
const written = await format(text, {
  parser: 'markdown',
  printWidth: 100,
  singleQuote: true,
  semi: false,
})
writeFileSync(page, written)
writeFileSync(
  new URL('performance-browser.json', docs),
  await format(JSON.stringify({ sizes, parts, figures }), { parser: 'json', printWidth: 100 }),
)
console.log(written)
