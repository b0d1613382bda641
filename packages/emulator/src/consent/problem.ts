import { html } from 'hono/html'
import type { Call } from '../counterpart.ts'
import { brand, document } from './document.ts'

/**
 * A page of the provider itself, for what must not be redirected (RFC 6749 §4.1.2.1).
 *
 * @param problem one sentence
 * @param options `back` is a URL to offer as the way out
 */
export function problemPage(
  { counterpart }: Call,
  problem: string,
  {
    hint = 'Nothing was shared. Check what the app sends and what is registered for it, then try again.',
    status = 400,
    back,
  }: { readonly hint?: string; readonly status?: number; readonly back?: string } = {},
): Promise<Response> {
  return document({
    title: `${counterpart.name}: this did not work`,
    look: counterpart.look,
    status,
    body: html`<main class="card">
      ${brand(counterpart)}
      <h1>This did not work</h1>
      <p>${problem}</p>
      <p class="quiet">${hint}</p>
      ${back === undefined ? '' : html`<p><a href="${back}">Back to ${new URL(back).host}</a></p>`}
    </main>`,
  })
}
