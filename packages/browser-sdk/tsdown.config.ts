import { defineConfig, type UserConfig } from 'tsdown'

const common: UserConfig = {
  format: ['esm'],
  dts: true,
  platform: 'browser',
  target: 'es2022',
  sourcemap: true,
  fixedExtension: false,
}

export default defineConfig([
  {
    ...common,
    entry: ['src/index.ts'],
    outputOptions: {
      // What the entry shares with its late parts: one file compresses better than one for each.
      codeSplitting: { groups: [{ name: 'shared', test: /\/src\/(errors|lazy)\.ts$/ }] },
    },
  },
  // Apart: what both need would become files of its own, and the page's entry a larger one.
  { ...common, entry: { 'testing/index': 'src/testing/index.ts' }, clean: false },
])
