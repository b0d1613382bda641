import type { ProviderApi } from '@spa-dance/providers'
import { twitter } from '@spa-dance/providers/twitter'
import { vi } from 'vitest'
import { exchange, openBrowser, type Browser } from './dancers.ts'
import { jsonReply, type Seen } from './fake-server.ts'

/** A site with Twitter behind the exchange, whose relay wants a nonce in each proof. */
export interface RelayedBrowser extends Browser {
  /** Where the exchange stands for the client. */
  readonly issuer: string
  /** What the relay's API answers, once a proof has its nonce. */
  answer: (seen: Seen) => Response | Promise<Response>
  /** Forgets the nonce that was given, as the exchange does after five minutes. */
  newNonce(): void
}

export function openRelayed(api: Partial<ProviderApi> = {}): RelayedBrowser {
  const provider = twitter()
  const relayedApi = { ...provider.api, ...api }
  const browser = openBrowser({
    clients: { twitter: { provider: { ...provider, api: relayedApi } } },
  })
  const issuer = `${exchange}/${browser.database}/twitter`
  let nonce = 1
  let codes = 0
  browser.server.route(`${issuer}/token`, ({ body }) => {
    codes += 1
    const reply = {
      access_token: `sealed-canary-${codes}`,
      token_type: 'DPoP',
      expires_in: 3600,
      scope: '',
      refresh_token: `handle-canary-${codes}`,
      account: { id: '42' },
    }
    return jsonReply(reply, 200, body.has('code') ? { 'DPoP-Nonce': `nonce-${nonce}` } : {})
  })
  const relayed: RelayedBrowser = {
    ...browser,
    issuer,
    signIn: async () => {
      const signedIn = await browser.signIn('twitter')
      // Who it is follows the login, by a request of its own.
      await vi.waitUntil(() => signedIn.dance.getState().sessions['twitter']?.profile, {
        timeout: 10_000,
      })
      return signedIn
    },
    answer: () => jsonReply({ data: { id: '42', name: 'ada' } }),
    newNonce: () => {
      nonce += 1
    },
  }
  const demand = (): Response =>
    new Response('{}', {
      status: 401,
      headers: {
        'WWW-Authenticate': 'DPoP error="use_dpop_nonce", algs="ES256"',
        'DPoP-Nonce': `nonce-${nonce}`,
      },
    })
  browser.server.route(`${issuer}/api`, (seen) => {
    const claims = seen.headers.get('DPoP')?.split('.')[1] ?? ''
    const text = atob(claims.replaceAll('-', '+').replaceAll('_', '/'))
    return text.includes(`"nonce":"nonce-${nonce}"`) ? relayed.answer(seen) : demand()
  })
  return relayed
}
