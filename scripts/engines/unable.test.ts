import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { leftOut, titlesByFile, unable } from './unable.mjs'

const root = new URL('../..', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')

test('each test that an engine is listed as unable to pass is there', () => {
  for (const { file, test: title } of unable) {
    expect(existsSync(new URL(file, root)), file).toBe(true)
    if (title !== undefined) expect(read(file)).toContain(title)
  }
})

test('the page of browsers lists what the engines are listed as unable to pass', () => {
  const [, table = ''] = read('docs/browsers.md').split('## What an engine is not tested for')
  const rows = table.split('\n').filter((line) => line.startsWith('|'))
  expect(rows.slice(2).map((row) => row.split('|').map((cell) => cell.trim()))).toEqual(
    unable.map(({ engine, file, test: title, reason }) => {
      const what = title === undefined ? `\`${file}\`` : `\`${file}\`: ${title}`
      return ['', engine, what, reason, '']
    }),
  )
})

test('no test of a browser is skipped where it is written, so that the list is whole', () => {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', 'packages', 'e2e'], {
    cwd: root,
    encoding: 'utf8',
  })
  const ofBrowsers = files.split('\n').filter((file) => /\.(spec|browser\.test)\.tsx?$/.test(file))
  expect(ofBrowsers.length).toBeGreaterThan(30)
  const skipping = ofBrowsers.filter((file) =>
    /\b(?:test|it|describe)\.(?:skip|skipIf|runIf|only|todo|fixme|fail|fails)\b/.test(read(file)),
  )
  // It is no test of the browser, but of what the others found.
  expect(skipping).toEqual(skipping.filter((file) => file === 'e2e/tests/conformance.spec.ts'))
})

test('what is listed is left out by the test’s whole name, or by its file', () => {
  for (const { engine, file, test: title } of unable) {
    if (file.endsWith('.spec.ts')) {
      const name = `e2e ${file.slice('e2e/tests/'.length)} A title: ${title ?? 'any'}`
      expect(leftOut(engine).grepInvert?.some((pattern) => pattern.test(name))).toBe(true)
    } else if (title !== undefined) {
      expect(titlesByFile(engine)[file]).toContain(title)
    }
  }
})
