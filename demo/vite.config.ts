import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defaultClientConditions, defineConfig } from 'vite'
import { callbackPages } from './server/callback-pages.ts'

const fromHere = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: fromHere('.'),
  plugins: [react(), callbackPages()],
  // The packages' sources, so that nothing needs to be built first. An app outside has no such line.
  resolve: { conditions: ['spa-dance-source', ...defaultClientConditions] },
  build: {
    rolldownOptions: { input: [fromHere('index.html'), fromHere('vanilla/index.html')] },
  },
  optimizeDeps: {
    // Loaded late by the SDK: found late, they would reload the page in the middle of a dance.
    include: [
      '@spa-dance/browser-sdk > dexie',
      '@spa-dance/browser-sdk > oidc-client-ts',
      '@spa-dance/browser-sdk > zustand/vanilla',
      '@spa-dance/react > zustand/react',
    ],
  },
})
