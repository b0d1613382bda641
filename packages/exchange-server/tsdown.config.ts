import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: [
    'src/index.ts',
    'src/node/index.ts',
    'src/redis/index.ts',
    'src/cli.ts',
    'src/in-a-page.ts',
  ],
  format: ['esm'],
  dts: true,
  platform: 'node',
  sourcemap: true,
  fixedExtension: false,
})
