// `pnpm bench:browser`: measures, prints a table, and writes it and its data to docs/.
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { format } from 'prettier'
import { measureFigures, type Figures } from './figures.ts'
import { measureParts, measureSizes, type Part, type Size } from './sizes.ts'

const docs = new URL('../../docs/', import.meta.url)
const kilo = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`
const ms = (time: number): string => `${time.toFixed(2)} ms`

function tables(
  sizes: readonly Size[],
  parts: readonly Part[],
  { browser, start, again, request, firstState }: Figures,
): string {
  const times = ({ dance, raw }: { dance: number; raw: number }): string => (dance / raw).toFixed(2)
  return `
Measured in ${browser} on ${cpus().length} cores of ${cpus()[0]?.model ?? 'an unknown processor'}, beside other work.

| figure | SPA-Dance | beside it |
| --- | --- | --- |
| page start to ten usable tokens | ${ms(start.dance)} | the same rows read and decrypted by hand: ${ms(start.raw)} (${times(start)} times) |
| | | oidc-client-ts, from localStorage, not encrypted: ${ms(start.oidc)} |
| the same once more in that page | ${ms(again.dance)} | by hand: ${ms(again.raw)} (${times(again)} times) |
| a request with a valid token, p50 | ${ms(request.dance)} | plain \`fetch\`: ${ms(request.plain)} (ours adds ${ms(request.dance - request.plain)}) |
| status at the first render | ${String(firstState)} | |

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
