import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: ['src/index.ts'],
  format: ['esm'],
  dts: true,
  platform: 'browser',
  target: 'es2022',
  sourcemap: true,
  fixedExtension: false,
  outputOptions: {
    // What the entry shares with its late parts: one file compresses better than one for each.
    codeSplitting: {
      groups: [{ name: 'shared', test: /\/src\/(errors|guarded|lazy|snapshot)\.ts$/ }],
    },
  },
})
