import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: [
    'src/index.ts',
    'src/protocol/index.ts',
    'src/presets/*.ts',
    '!src/**/*.{test,contract}.ts',
  ],
  format: ['esm'],
  dts: true,
  platform: 'neutral',
  sourcemap: true,
  fixedExtension: false,
})
