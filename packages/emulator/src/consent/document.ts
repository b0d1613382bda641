import { html, raw } from 'hono/html'
import type { Counterpart, Look } from '../counterpart.ts'
import { style } from './style.ts'

/** A piece of a page, escaped already. */
export type Html = ReturnType<typeof html>

/** What makes up a page. */
export interface Page {
  readonly title: string
  readonly look: Pick<Look, 'colour' | 'button'>
  readonly body: Html
  readonly status?: number
}

/** A whole page: no script, in nobody's frame, kept by no cache. */
export async function document({ title, look, body, status = 200 }: Page): Promise<Response> {
  const text = await html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="data:," />
        <title>${title}</title>
        <style>
          ${raw(`:root { --brand: ${look.colour}; --button: ${look.button} }\n${style}`)}
        </style>
      </head>
      <body>
        ${body}
        <footer>
          Local emulator: these people are invented, and nothing leaves this computer.
        </footer>
      </body>
    </html>`
  return new Response(String(text), {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      // No form-action: browsers hold it against the redirect to the app too.
      'Content-Security-Policy':
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
      'Referrer-Policy': 'same-origin',
      'X-Content-Type-Options': 'nosniff',
    },
  })
}

/** The provider's mark and name, for the top of a card. */
export const brand = ({ name, look }: Counterpart): Html =>
  html`<p class="brand">
    <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
      <path d="${look.mark}" />
    </svg>
    ${name}
  </p>`
