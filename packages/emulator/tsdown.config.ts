import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: [
    'src/index.ts',
    'src/emulated.ts',
    'src/msw.ts',
    'src/playwright.ts',
    'src/node/index.ts',
    'src/cli.ts',
    'src/in-a-page.ts',
  ],
  deps: { neverBundle: [/^node:/] },
  format: ['esm'],
  dts: true,
  platform: 'neutral',
  sourcemap: true,
  fixedExtension: false,
})
