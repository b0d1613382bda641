import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { collect, documentOf, documentPath, tableOf } from '../support/conformance.ts'
import { rows } from '../support/provider-table.ts'
import { readmePath, withProviderTable } from '../support/readme.ts'

test('docs/conformance.md says what this run found', () => {
  const findings = collect(test.info().project.outputDir)
  process.stdout.write(`\n${tableOf(findings).join('\n')}\n\n`)

  expect(findings.length, 'providers that passed, of those with a row').toBe(rows.length)
  if (process.env['CONFORMANCE'] === 'update') {
    writeFileSync(documentPath, documentOf(findings))
    writeFileSync(readmePath, withProviderTable(readFileSync(readmePath, 'utf8')))
  }
  const written = existsSync(documentPath) ? readFileSync(documentPath, 'utf8') : ''
  const advice = 'run `pnpm conformance:update`, and look at what has changed'
  expect(written, advice).toBe(documentOf(findings))
})
