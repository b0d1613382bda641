import { join } from 'node:path'
import { engines } from '../engines/engines.mjs'
import { countUnable } from '../engines/unable.mjs'
import { missingPrograms, packagesOf } from '../programs.mjs'
import { playwrightCounts, vitestCounts } from './counts.mjs'
import { findSystemNode } from './system-node.mjs'

/** @typedef {import('../engines/engines.mjs').Engine} Engine */

/**
 * One step of `npm test`.
 *
 * @typedef {object} Stage
 * @property {string} name
 * @property {(context: StageContext) => string[]} command in the workspace's root, its tools on the `PATH`
 * @property {Record<string, string>} [env] what it sets beside what is set
 * @property {string[]} [needs] stages that must have passed before
 * @property {boolean} [browser] whether it starts Chromium
 * @property {readonly string[]} [programs] what else it starts, of those in ../programs.mjs
 * @property {Engine} [engine] in which other engine than Chromium it tests
 * @property {boolean} [alone] whether it wants the machine to itself
 * @property {(folder: string, succeeded: boolean) => import('./counts.mjs').Counts} [count] reads the
 *   report of a stage that runs tests; any other stage is one test by itself
 * @property {() => string | undefined} [skip] why it can't run here
 */

/**
 * @typedef {object} StageContext
 * @property {string} folder for reports and other output
 * @property {string[]} pnpm
 */

/**
 * @param {string} project
 * @param {string} report
 * @param {string[]} options
 * @returns {Stage['command']}
 */
function vitest(project, report, ...options) {
  return ({ folder }) => [
    'vitest',
    'run',
    `--project=${project}`,
    ...options,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${join(folder, report)}`,
  ]
}

const playwright = () => [
  'playwright',
  'test',
  '--config=e2e',
  '--retries=1',
  '--reporter=list,json',
]

/**
 * What stages in another engine than Chromium have in common.
 *
 * @param {Engine} engine
 */
const inEngine = (engine) => ({
  engine,
  alone: true,
  programs: engines[engine],
  env: { ENGINE: engine },
  skip: () => {
    const missing = missingPrograms(engines[engine])
    if (missing.length === 0) return undefined
    return `no ${missing.join(', no ')} here. On Debian: apt-get install ${packagesOf(missing).join(' ')}`
  },
})

/** @type {Stage[]} */
const stages = [
  { name: 'format', command: () => ['prettier', '--check', '--log-level=warn', '.'] },
  { name: 'lint', command: () => ['oxlint'] },
  { name: 'types', command: () => ['tsc', '-b'] },
  {
    name: 'build',
    command: ({ pnpm }) => [...pnpm, '-r', '--sort', '--filter=./packages/*', 'run', 'build'],
  },
  {
    name: 'unit',
    programs: ['caddy', 'nginx', 'openssl', 'redis-server'],
    command: vitest('node', 'unit.json'),
    count: vitestCounts('unit.json'),
  },
  {
    name: 'flips',
    env: { NODE_OPTIONS: '--conditions=spa-dance-source' },
    command: () => ['node', 'e2e/flips/run.ts'],
  },
  { name: 'unused', command: () => ['knip', '--no-progress'] },
  {
    name: 'pack',
    needs: ['build'],
    command: ({ folder }) => ['node', 'scripts/checks/pack.ts', join(folder, 'tarballs')],
  },
  {
    name: 'packages',
    needs: ['pack'],
    command: ({ folder }) => ['node', 'scripts/checks/tarballs.ts', join(folder, 'tarballs')],
  },
  { name: 'api', needs: ['build'], command: () => ['node', 'scripts/checks/api.ts'] },
  { name: 'size', needs: ['build'], command: () => ['node', 'scripts/checks/size.ts'] },
  { name: 'bundle', needs: ['build'], command: () => ['node', 'scripts/checks/bundle.ts'] },
  {
    name: 'node20',
    needs: ['build'],
    command: () => [findSystemNode().path, 'scripts/checks/node-20.mjs'],
    skip: () => {
      const { version } = findSystemNode()
      return version.startsWith('20.') ? undefined : `the system's Node is ${version}`
    },
  },
  {
    name: 'browser',
    browser: true,
    alone: true,
    command: vitest('browser*', 'browser.json', '--retry=1'),
    count: vitestCounts('browser.json'),
  },
  {
    name: 'e2e',
    browser: true,
    alone: true,
    needs: ['build'],
    env: { CONFORMANCE: 'check' },
    command: playwright,
    count: playwrightCounts('e2e.json'),
  },
  {
    name: 'packed',
    browser: true,
    alone: true,
    needs: ['pack'],
    command: ({ folder }) => ['node', 'scripts/packed-app/run.ts', join(folder, 'tarballs')],
  },
  {
    name: 'firefox',
    ...inEngine('firefox'),
    command: vitest('browser*', 'firefox.json', '--retry=1'),
    count: vitestCounts('firefox.json', countUnable('firefox', 'packages/')),
  },
  {
    name: 'firefox-e2e',
    ...inEngine('firefox'),
    needs: ['build'],
    command: playwright,
    count: playwrightCounts('firefox-e2e.json', countUnable('firefox', 'e2e/')),
  },
  {
    name: 'webkit',
    ...inEngine('webkit'),
    command: vitest('browser*', 'webkit.json', '--retry=1'),
    count: vitestCounts('webkit.json', countUnable('webkit', 'packages/')),
  },
  {
    name: 'webkit-e2e',
    ...inEngine('webkit'),
    needs: ['build'],
    command: playwright,
    count: playwrightCounts('webkit-e2e.json', countUnable('webkit', 'e2e/')),
  },
]

/**
 * The stages of these names, with all that they need, in their order.
 *
 * @param {readonly string[]} names none: all stages
 * @param {{ chromium?: boolean }} [options] `chromium`: whether to leave out those in other engines
 * @returns {Stage[]}
 * @throws {Error} that lists the stages, if there is none of a name
 */
export function selectStages(names, { chromium: only = false } = {}) {
  const unknown = names.find((name) => !stages.some((stage) => stage.name === name))
  if (unknown !== undefined) {
    const known = stages.map(({ name }) => name).join(', ')
    throw new Error(`There is no stage "${unknown}". There are: ${known}.`)
  }
  const wanted = new Set(names.length > 0 ? names : stages.map(({ name }) => name))
  for (const { name, needs = [] } of stages.toReversed()) {
    if (wanted.has(name)) for (const need of needs) wanted.add(need)
  }
  return stages.filter(({ name, engine }) => wanted.has(name) && !(only && engine))
}
