import { createDance, type Dance } from '@spa-dance/browser-sdk'
import type { OAuth2Provider } from '@spa-dance/providers'

export const names: readonly string[] = Array.from({ length: 10 }, (_, n) => `client-${n}`)
export const tokenUrl = 'https://provider.test/token'
export const token: string = 'a'.repeat(600)
export const keyOf = (name: string): string => `${name} ${tokenUrl} me `

const providerOf = (name: string): OAuth2Provider => ({
  id: name,
  name,
  protocol: 'oauth2',
  route: 'direct',
  authorization: { url: 'https://provider.test/authorize' },
  token: { url: tokenUrl },
  api: { baseUrl: `${location.origin}/api/`, cors: true },
  scopes: ['a'],
})

/** A dance with ten clients. */
export function makeDance(): Dance {
  return createDance({
    clients: Object.fromEntries(
      names.map((name) => [name, { clientId: 'me', provider: providerOf(name) }]),
    ),
  })
}
