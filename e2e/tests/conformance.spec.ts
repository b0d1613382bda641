import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { collect, documentOf, documentPath, tableOf } from '../support/conformance.ts'
import { rows } from '../support/provider-table.ts'

const squeezed = (line: string): string => line.replace(/ +/g, ' ')

test('docs/conformance.md says what this run found', () => {
  const findings = collect(test.info().project.outputDir)
  test.skip(findings.length === 0, 'no provider was part of this run')
  process.stdout.write(`\n${tableOf(findings).join('\n')}\n\n`)

  const complete = findings.length === rows.length
  if (process.env['CONFORMANCE'] === 'update') {
    expect(complete, 'only a run in which every provider passed is written down').toBe(true)
    writeFileSync(documentPath, documentOf(findings))
  }
  const written = existsSync(documentPath) ? readFileSync(documentPath, 'utf8') : ''
  const advice = 'run `pnpm conformance:update`, and look at what has changed'
  if (complete) {
    expect(written, advice).toBe(documentOf(findings))
    return
  }
  // A part of the providers: their lines are there, whatever the widths.
  const lines = written.split('\n').map(squeezed)
  expect(lines, advice).toEqual(expect.arrayContaining(tableOf(findings).slice(2).map(squeezed)))
})
