import type { DanceEvent } from './observe/types.ts'

/** An answer as data: `server.ts` makes the one `Response` of it. */
export interface Reply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** `Set-Cookie` lines. */
  readonly cookies?: readonly string[]
  readonly body?: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | null
  /** What it means to the operator: for `log` and `onEvent`, never sent. */
  readonly done?: Pick<DanceEvent, 'type' | 'app'>
  readonly failure?: Failure
}

/** Why somebody was refused. */
export interface Failure {
  readonly error: string
  readonly reason?: string | undefined
  /** Whether the provider failed. */
  readonly upstream?: boolean | undefined
}

/** A JSON answer. */
export function json(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return {
    status,
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(value),
  }
}

/**
 * Sends the browser on by GET, whatever it came with, and lets no address travel along
 * (RFC 9700 §4.2, §4.12).
 */
export function seeOther(location: string, cookies: readonly string[] = []): Reply {
  return {
    status: 303,
    headers: { Location: location, 'Referrer-Policy': 'no-referrer' },
    cookies,
  }
}

/**
 * A page for a person whose login can't go on and who can't safely be sent anywhere. No script.
 *
 * @param error for the log
 */
export function errorPage(error: string, sentence: string): Reply {
  return {
    status: 400,
    failure: { error },
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy':
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
    },
    body: page(sentence),
  }
}

const page = (sentence: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>This sign-in can't go on</title>
<style>body{font:1.05rem/1.5 system-ui,sans-serif;max-width:34rem;margin:12vh auto;padding:0 1.25rem}</style>
<h1>This sign-in can't go on</h1>
<p>${sentence}</p>
<p>Go back to the site you came from and start again, in the browser you began in.</p>
</html>
`
