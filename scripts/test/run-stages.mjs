import { spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
// No stage takes half as long; one that hangs must not take the run with it.
const limit = 1_200_000
const colours = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}

/** @typedef {import('./stages.mjs').Stage} Stage */
/** @typedef {import('./counts.mjs').Counts} Counts */

/**
 * Runs stages, as many at a time as there are cores, each as soon as those that it needs are done. A
 * failing stage doesn't stop the others.
 *
 * @param {readonly Stage[]} stages
 * @param {import('../bootstrap.mjs').Tools} tools
 * @param {object} options
 * @param {boolean} options.verbose show what passing stages print, too
 * @param {boolean} [options.everyEngine] whether a stage whose engine is missing has failed, not just
 *   been skipped
 * @returns {Promise<Counts & { folder: string }>} `folder` holds the output and the reports
 */
export async function runStages(stages, tools, { verbose, everyEngine = false }) {
  const folder = mkdtempSync(join(tmpdir(), 'spa-dance-test-'))
  /** @type {Map<string, boolean>} by name, whether it passed */
  const done = new Map()
  /** @type {Map<Stage, Promise<void>>} */
  const running = new Map()
  const total = { passed: 0, failed: 0, skipped: 0 }
  const waiting = [...stages]

  /** @param {Stage} stage */
  const run = async (stage) => {
    const result = await runStage(stage, { done, folder, tools, verbose, everyEngine })
    done.set(stage.name, result.failed === 0)
    total.passed += result.passed
    total.failed += result.failed
    total.skipped += result.skipped
    running.delete(stage)
  }

  while (waiting.length + running.size > 0) {
    const next = waiting.findIndex((stage) => canStart(stage, stages, done, running))
    const [stage] = next < 0 ? [] : waiting.splice(next, 1)
    if (stage === undefined) await Promise.race(running.values())
    else running.set(stage, run(stage))
  }
  return { ...total, folder }
}

/**
 * @param {Stage} stage
 * @param {readonly Stage[]} stages
 * @param {ReadonlyMap<string, boolean>} done
 * @param {ReadonlyMap<Stage, unknown>} running
 */
function canStart({ needs = [], alone = false }, stages, done, running) {
  if (running.size >= availableParallelism()) return false
  if (running.size > 0 && (alone || [...running.keys()].some((other) => other.alone))) return false
  return needs.every((need) => done.has(need) || !stages.some(({ name }) => name === need))
}

/**
 * @param {Stage} stage
 * @param {{ done: ReadonlyMap<string, boolean>, folder: string, verbose: boolean, everyEngine: boolean,
 *   tools: import('../bootstrap.mjs').Tools }} context
 * @returns {Promise<Counts>}
 */
async function runStage(stage, { done, folder, tools, verbose, everyEngine }) {
  const { name, needs = [], env = {}, command, count, skip } = stage
  const missing = needs.find((need) => done.get(need) === false)
  if (missing !== undefined) {
    console.log(`✗ ${name.padEnd(11)} not run: ${missing} failed`)
    return { passed: 0, failed: 1, skipped: 0 }
  }
  const reason = skip?.()
  if (reason !== undefined) {
    const failed = Number(everyEngine && stage.engine !== undefined)
    console.log(
      `${failed ? '✗' : '-'} ${name.padEnd(11)} ${failed ? 'not run' : 'skipped'}: ${reason}`,
    )
    return { passed: 0, failed, skipped: 1 - failed }
  }
  const start = performance.now()
  const report = join(folder, `${name}.json`)
  const { succeeded, output } = await execute(command({ folder, pnpm: tools.pnpm }), {
    ...tools.env,
    ...colours,
    ...env,
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  })
  writeFileSync(join(folder, `${name}.log`), output)
  const plain = { passed: Number(succeeded), failed: Number(!succeeded), skipped: 0 }
  /** @type {Counts} */
  const result = count?.(folder, succeeded) ?? plain
  const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(6)
  const again = result.flaky ? `, ${result.flaky} only when tried again` : ''
  const tests =
    count === undefined ? '' : `  ${result.passed} passed, ${result.failed} failed${again}`
  console.log(`${result.failed === 0 ? '✓' : '✗'} ${name.padEnd(11)}${seconds} s${tests}`)
  if (result.failed > 0 || result.flaky || verbose)
    console.log(output.replace(/^/gm, '  │ ').trimEnd())
  return result
}

/**
 * Runs a command in a process group of its own, so that all that it started ends with it.
 *
 * @param {string[]} command
 * @param {Record<string, string>} env
 * @returns {Promise<{ succeeded: boolean, output: string }>}
 */
function execute([command = '', ...args], env) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const collect = (/** @type {Buffer} */ chunk) => {
      output += String(chunk)
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    const end = () => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
      } catch {
        // Nothing of it is left.
      }
    }
    const timer = setTimeout(() => {
      output += `\nStopped after ${limit / 1000} s.\n`
      end()
    }, limit)
    const interrupted = () => {
      end()
      process.exit(130)
    }
    process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
    /** @param {boolean} succeeded */
    const finish = (succeeded) => {
      clearTimeout(timer)
      end()
      process.off('SIGINT', interrupted).off('SIGTERM', interrupted)
      resolve({ succeeded, output })
    }
    child.once('error', (error) => {
      output += `${error.message}\n`
      finish(false)
    })
    // What it left running would hold its output open.
    child.once('exit', end)
    child.once('close', (status) => finish(status === 0))
  })
}
