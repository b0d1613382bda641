/** Anything with a token or a person in it must not be kept (RFC 6749 §5.1). */
const uncached = { 'Cache-Control': 'no-store' }

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8', ...uncached, ...headers },
  })
}

/** Members that are undefined are left out. */
export function form(
  members: Readonly<Record<string, string | number | undefined>>,
  status = 200,
): Response {
  const pairs = Object.entries(members).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  )
  return new Response(String(new URLSearchParams(pairs)), {
    status,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8', ...uncached },
  })
}

export function svg(text: string): Response {
  return new Response(text, {
    headers: {
      'Content-Type': 'image/svg+xml',
      'Cache-Control': 'public, max-age=3600',
      'Cross-Origin-Resource-Policy': 'cross-origin',
    },
  })
}

/** Sends the browser on with a GET, also after a form was posted. */
export function redirect(url: string, headers: Record<string, string> = {}): Response {
  return new Response(null, { status: 303, headers: { Location: url, ...uncached, ...headers } })
}

/** Has the browser post what a URL has in its query to the rest of it (OAuth 2.0 Form Post Response Mode). */
export function formPost(url: string, headers: Record<string, string> = {}): Response {
  const target = new URL(url)
  const fields = [...target.searchParams].map(
    ([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
  )
  target.search = ''
  const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>One moment</title>
<form method="post" action="${escaped(target.href)}">
${fields.join('\n')}
<noscript><button>Continue</button></noscript>
</form>
<script>document.forms[0].submit()</script>
</html>
`
  return new Response(page, {
    headers: { 'Content-Type': 'text/html; charset=utf-8', ...uncached, ...headers },
  })
}

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

/** A URL with more parameters in its query; those that are undefined are left out. */
export function withParams(
  url: string,
  params: Readonly<Record<string, string | undefined>>,
): string {
  const target = new URL(url)
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined) target.searchParams.append(name, value)
  }
  return target.href
}
