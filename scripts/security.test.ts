import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const root = new URL('..', import.meta.url)
const [promised = '', notPromised = ''] = readFileSync(
  new URL('docs/security.md', root),
  'utf8',
).split('## Not promised yet')
const rows = [...promised.matchAll(/^\| ([BXO]-\d+) /gm)].map(([, id = '']) => id)

/** The ids that titles of tests begin with: `B-1, B-2: …`. */
function testedRows(): Set<string> {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', 'packages', 'e2e'], {
    cwd: root,
    encoding: 'utf8',
  })
  const ids = new Set<string>()
  for (const file of files
    .split('\n')
    .filter((name) => /\.(test|spec|contract)\.tsx?$/.test(name))) {
    const source = readFileSync(new URL(file, root), 'utf8')
    for (const [, list = ''] of source.matchAll(/['"`]((?:[BXO]-\d+(?:, )?)+): /g)) {
      for (const id of list.split(', ')) ids.add(id)
    }
  }
  return ids
}

test('each row that docs/security.md promises has a test, and each test its row', () => {
  const tested = testedRows()
  expect(new Set(rows).size).toBe(rows.length)
  expect(rows.filter((id) => !tested.has(id))).toEqual([])
  expect([...tested].filter((id) => !rows.includes(id))).toEqual([])
})

// The page's list of attacks and faults is complete: each is promised, or said not to be.
const inThePage = Array.from({ length: 56 }, (_, n) => `B-${n + 1}`)

test('each row of the page is promised, or has its reason in docs/security.md', () => {
  const ranges = [...notPromised.matchAll(/\bB-(\d+)(?: to B-(\d+))?/g)]
  const excused = (id: string): boolean =>
    ranges.some(([, from, to = from]) => {
      const number = Number(id.slice(2))
      return Number(from) <= number && number <= Number(to)
    })
  expect(inThePage.filter((id) => !rows.includes(id) && !excused(id))).toEqual([])
})
