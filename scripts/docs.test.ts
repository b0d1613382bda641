import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { blocksOf } from './docs/blocks.ts'
import { checkBlocks } from './docs/check.ts'

const root = new URL('..', import.meta.url)
const pages = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.md'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((page) => page.startsWith('docs/') || page.endsWith('README.md'))

const read = (page: string): string => readFileSync(new URL(page, root), 'utf8')

test('the code of every page of the documentation compiles', async () => {
  const blocks = pages.flatMap((page) => blocksOf(page, read(page)))
  expect(blocks.length).toBeGreaterThan(20)
  expect(await checkBlocks(blocks)).toEqual([])
}, 60_000)

test('a mistake in a page is told with its line', async () => {
  const page = '# A page\n\n```ts\ndance.login(7)\n```\n'
  expect(await checkBlocks(blocksOf('docs/a-page.md', page))).toEqual([
    expect.stringMatching(/^docs\/a-page\.md:4: TS2345: .*'number'/),
  ])
}, 60_000)
