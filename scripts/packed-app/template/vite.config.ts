import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// A page per callback, so that a plain file server will do.
export default defineConfig({
  plugins: [react()],
  build: { rollupOptions: { input: ['index.html', 'callback/github/index.html'] } },
})
