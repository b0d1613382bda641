import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {number} [flaky] of those that passed, how many did so only when tried again
 */

/**
 * @param {string} file
 * @param {(report: any) => Counts} read
 * @returns {(folder: string, succeeded: boolean) => Counts}
 */
const counts = (file, read) => (folder, succeeded) => {
  /** @type {Counts} */
  let found = { passed: 0, failed: 0, skipped: 0 }
  try {
    found = read(JSON.parse(readFileSync(join(folder, file), 'utf8')))
  } catch {
    // No report, or half of one: then what the process said counts.
  }
  const { passed, failed, skipped, flaky = 0 } = found
  // What no test stands for, such as an error outside of all tests, or a run without any test.
  const unseen = succeeded ? passed + failed + skipped === 0 : failed === 0
  return { passed, failed: unseen ? failed + 1 : failed, skipped, flaky }
}

/**
 * Reads Vitest's JSON report. A file that can't be loaded has no tests, and counts as a failed one. A
 * test in a browser that passes only when tried again is named as such, as Playwright's are.
 *
 * @param {string} file
 * @param {number} [unable] how many tests are known to fail in this engine: they are no passed ones
 */
export const vitestCounts = (file, unable = 0) =>
  counts(file, (report) => {
    const unloaded = report.testResults.filter(
      (/** @type {any} */ { status, assertionResults }) =>
        status === 'failed' &&
        !assertionResults.some((/** @type {any} */ test) => test.status === 'failed'),
    )
    const again = report.testResults
      .flatMap((/** @type {any} */ { assertionResults }) => assertionResults)
      .filter((/** @type {any} */ { status, meta }) => status === 'passed' && meta?.triedAgain)
    return {
      passed: report.numPassedTests - unable,
      failed: report.numFailedTests + unloaded.length,
      skipped: report.numPendingTests + report.numTodoTests + unable,
      flaky: again.length,
    }
  })

/**
 * Reads Playwright's JSON report. A test that passes only when tried again is named as such: a
 * browser on a busy machine is now and then late, and a defect shows again the next time.
 *
 * @param {string} file
 * @param {number} [unable] how many tests, or files of tests, were left out for this engine
 */
export const playwrightCounts = (file, unable = 0) =>
  counts(file, ({ stats, errors }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped + unable,
    flaky: stats.flaky,
  }))
