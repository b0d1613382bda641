import { html } from 'hono/html'
import { originOf } from '../serve/hosts.ts'
import type { World } from '../world.ts'
import { document } from './document.ts'

/** What stands at the emulator's own address: who is emulated where, for which apps. */
export function homePage({ url, counterparts, registrations }: World): Promise<Response> {
  const base = new URL(url)
  return document({
    title: 'Dance emulator',
    look: { colour: '#5b5bd6', button: '#5b5bd6' },
    body: html`<main class="card wide">
      <h1><strong>Dance emulator</strong></h1>
      <ul class="providers">
        ${counterparts.map(
          (counterpart) =>
            html`<li>
              <h2>${counterpart.name}</h2>
              <p><code>${originOf({ counterpart, host: counterpart.hosts[0] }, base)}</code></p>
              ${(registrations[counterpart.id] ?? []).map(
                ({ clientId, redirectUris }) =>
                  html`<p class="quiet">
                    <code>${clientId}</code> may return to <code>${redirectUris.join(', ')}</code>
                  </p>`,
              )}
            </li>`,
        )}
      </ul>
    </main>`,
  })
}
