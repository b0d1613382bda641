import { createDance } from '@spa-dance/browser-sdk'
import { clients, exchange } from './clients.ts'

// Saving this module, or one it imports, makes another dance: the one before must not go on beside
// it. (Vite calls `dispose` only in the module that accepts the update, here a component.)
import.meta.hot?.data['dance']?.destroy()

export const dance = createDance({
  exchange,
  clients,
  // A file server without rewrites answers for a folder, hence the slash at the end.
  redirectUri: `${location.origin}${import.meta.env.BASE_URL}callback/{client}/`,
})

declare module '@spa-dance/react' {
  interface Register {
    dance: typeof dance
  }
}

if (import.meta.hot) import.meta.hot.data['dance'] = dance
