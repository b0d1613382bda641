import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const root = new URL('..', import.meta.url)
const [promised = '', left = ''] = readFileSync(new URL('docs/security.md', root), 'utf8').split(
  '## Not promised yet',
)
const rows = [...promised.matchAll(/^\| ([BXO]-\d+) /gm)].map(([, id = '']) => id)

/** How many rows there are: each is numbered, and none is forgotten by leaving it out. */
const catalogue = { B: 57, X: 58, O: 13 }

/** The ids that titles of tests begin with: `B-1, B-2: …`. */
function testedRows(): Set<string> {
  const folders = ['packages', 'e2e', 'scripts']
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', ...folders], {
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

/** `B-3` and `B-22 to B-26`: what the text says is not promised. */
function namedRows(text: string): Set<string> {
  const ids = new Set<string>()
  for (const [, letter = '', from = '', to = from] of text.matchAll(
    /\b([BXO])-(\d+)(?: to \1-(\d+))?/g,
  )) {
    for (let n = Number(from); n <= Number(to); n++) ids.add(`${letter}-${n}`)
  }
  return ids
}

test('each row that docs/security.md promises has a test, and each test its row', () => {
  const tested = testedRows()
  expect(new Set(rows).size).toBe(rows.length)
  expect(rows.filter((id) => !tested.has(id))).toEqual([])
  expect([...tested].filter((id) => !rows.includes(id))).toEqual([])
})

test('each row of the catalogue is promised, or named with the reason why it is not', () => {
  const named = namedRows(left)
  const all = Object.entries(catalogue).flatMap(([letter, count]) =>
    Array.from({ length: count }, (_, n) => `${letter}-${n + 1}`),
  )
  expect(all.filter((id) => !rows.includes(id) && !named.has(id))).toEqual([])
  expect(rows.filter((id) => !all.includes(id))).toEqual([])
})
