import { vi } from 'vitest'

/** A request that a test's server got. */
export interface Seen {
  readonly url: string
  readonly method: string
  readonly headers: Headers
  readonly body: URLSearchParams
  readonly init: RequestInit
}

type Answer = Response | Promise<Response>
type Route = (seen: Seen) => Answer

/** Answers `fetch` for one test: by the longest of its prefixes. What has no route fails. */
export interface FakeServer {
  readonly seen: Seen[]
  /** Those whose URL begins so. */
  to(prefix: string): Seen[]
  route(prefix: string, answer: Route): void
}

export function fakeServer(): FakeServer {
  const seen: Seen[] = []
  const routes = new Map<string, Route>()
  vi.stubGlobal('fetch', async (input: string | URL | Request, init: RequestInit = {}) => {
    const url = input instanceof Request ? input.url : String(input)
    init.signal?.throwIfAborted()
    const one: Seen = {
      url,
      method: init.method ?? 'GET',
      headers: new Headers(init.headers),
      body: new URLSearchParams(typeof init.body === 'string' ? init.body : ''),
      init,
    }
    seen.push(one)
    const [route] = [...routes]
      .filter(([prefix]) => url.startsWith(prefix))
      .toSorted(([a], [b]) => b.length - a.length)
    if (!route) throw new TypeError('Failed to fetch')
    return route[1](one)
  })
  return {
    seen,
    to: (prefix) => seen.filter(({ url }) => url.startsWith(prefix)),
    route: (prefix, answer) => void routes.set(prefix, answer),
  }
}

export const jsonReply = (
  body: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json', ...headers },
  })

/** The parts of a JWT, without any check. */
export function readJwt(jwt: string): { header: Claims; claims: Claims } {
  const [header = '', claims = ''] = jwt.split('.')
  return { header: read(header), claims: read(claims) }
}

type Claims = Record<string, unknown>

function read(part: string): Claims {
  const text = atob(part.replaceAll('-', '+').replaceAll('_', '/'))
  return text.startsWith('{') ? (JSON.parse(text) as Claims) : {}
}
