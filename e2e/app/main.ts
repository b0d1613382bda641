import { createDance, memoryStorage } from '@spa-dance/browser-sdk'
import { oidc } from '@spa-dance/providers/oidc'

// Filled in by the server of this page, see support/openid-site.ts.
declare const __ISSUER__: string
declare const __API__: string
declare const __EXCHANGE__: string
declare const __CLIENTS__: { page: string; bearer: string }

const provider = { id: 'op', name: 'The provider', issuer: __ISSUER__ }

export const dance = createDance({
  exchange: __EXCHANGE__,
  // Every page of the app has to say the same, also the one in a popup.
  ...(localStorage.getItem('keep') === 'nothing' && { storage: memoryStorage() }),
  clients: {
    bound: { provider: oidc({ ...provider, dpop: true }), clientId: __CLIENTS__.page },
    bearer: {
      provider: oidc({ ...provider, api: { baseUrl: __API__, cors: true } }),
      clientId: __CLIENTS__.bearer,
    },
    exchanged: { provider: oidc({ ...provider, route: 'exchange' }) },
  },
})

declare global {
  interface Window {
    dance: typeof dance
  }
}
window.dance = dance

const show = (): void => {
  const state = document.querySelector('#state')
  if (state) state.textContent = JSON.stringify(dance.getState(), null, 2)
}
dance.subscribe(show)
show()
