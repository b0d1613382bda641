import { DanceProvider } from '@spa-dance/react'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { dance } from './dance.ts'

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <DanceProvider dance={dance}>
        <App />
      </DanceProvider>
    </StrictMode>,
  )
}
