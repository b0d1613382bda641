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
 * share goes to the one that is there whenever they are. `src/parts` says what each is for.
 */
const groups = [
  group('shared', 3, ['errors', 'lazy']),
  group('sessions', 2, [
    'parts/sessions',
    'crypto/.+',
    'dpop/.+',
    'refresh/.+',
    'server/resolve',
    'session/(?!facade|form-token).+',
    'storage/(?!dexie/dexie|existing|indexed-db|memory).+',
    'token/(?!id-token|signature).+',
    'callback/return-to',
    'popup/waiting',
    'protocol/(?!authorization|discovery|revocation).+',
  ]),
  group('login', 1, [
    'parts/login',
    'login/(?!popup|watch-popup).+',
    'callback/(?!recognise|identify-by-id-token).+',
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
