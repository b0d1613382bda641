import { defineConfig, type UserConfig } from 'tsdown'

const common: UserConfig = {
  format: ['esm'],
  dts: true,
  platform: 'browser',
  target: 'es2022',
  sourcemap: true,
  fixedExtension: false,
  // A bundler adds one of its own, and a page's entry would carry both.
  hash: false,
}

/**
 * What is needed at one moment is one file, which compresses better than several; what several parts
 * share goes to the one that is there whenever they are. `src/parts` says what each is for. A group takes
 * along what its modules import, but for what is in one of higher priority.
 */
const groups = [
  group('shared', 4, ['errors', 'lazy', 'parts']),
  group('sessions', 3, [
    'parts/sessions',
    'crypto/.+',
    'refresh/(expiry|lock|soon)',
    'server/resolve',
    'session/(?!facade|form-token).+',
    'storage/(?!dexie/dexie|existing|indexed-db|memory|session-flows).+',
    'token/(fetch-text|network-error|request)',
    'callback/return-to',
    'popup/waiting',
    'protocol/(api-url|hidden-error|learnt|plain|profile|safe-url|token-.+)',
  ]),
  group('refresh', 2, ['parts/refresh', 'refresh/.+']),
  group('login', 1, [
    'parts/login',
    'login/(?!popup|watch-popup).+',
    'callback/(?!recognise|identify-by-id-token|refusal).+',
    'protocol/authorization',
  ]),
]

function group(name: string, priority: number, modules: readonly string[]) {
  return { name, priority, test: new RegExp(`/src/(${modules.join('|')})(?<!\\.d)\\.ts$`) }
}

export default defineConfig([
  {
    ...common,
    entry: ['src/index.ts'],
    // From its sources, so that each part gets of the interpreter what it needs, and no more.
    deps: { alwaysBundle: ['@spa-dance/providers/protocol'] },
    inputOptions: { resolve: { conditionNames: ['spa-dance-source', 'import', 'default'] } },
    outputOptions: { codeSplitting: { groups } },
  },
  // Apart: what both need would become files of its own, and the page's entry a larger one.
  { ...common, entry: { 'testing/index': 'src/testing/index.ts' }, clean: false },
])
