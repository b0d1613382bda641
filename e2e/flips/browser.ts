/** Answers a request that goes over the wire. */
export type Network = (request: Request) => Promise<Response>

/** As much of a browser as a dance needs: an address bar, cookies, and a fetch that CORS limits. */
export interface Browser {
  readonly origin: string
  /** Where the page has sent the browser; it has not gone there yet. */
  readonly left: () => Promise<string>
  /** Goes where the page has sent it, on through redirects, until it is back at the page's origin. */
  readonly comeBack: (url: string) => Promise<void>
}

const limit = 12

/** Makes this process a page of `origin`, as far as the SDK can see. Once per process. */
export function becomePage(origin: string, network: () => Network): Browser {
  const cookies = new Map<string, string>()
  let leave: (url: string) => void
  let leaving: Promise<string>
  const arm = (): void => void (leaving = new Promise((resolve) => (leave = resolve)))
  arm()
  const location = {
    origin,
    href: `${origin}/`,
    assign: (url: string) => leave(url),
  }
  const put = (url: string): void => void (location.href = new URL(url, location.href).href)
  const nothing = (): void => {}
  const globals = {
    location,
    history: { state: null, replaceState: (_: unknown, __: string, url: string) => put(url) },
    document: {
      visibilityState: 'visible',
      addEventListener: nothing,
      removeEventListener: nothing,
    },
    addEventListener: nothing,
    removeEventListener: nothing,
    localStorage: textStorage(),
    sessionStorage: textStorage(),
    fetch: pageFetch(origin, network),
    window: globalThis,
    top: globalThis,
  }
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
  }
  return {
    origin,
    left: () => leaving,
    comeBack: async (start) => {
      let next: Navigation = { url: start }
      for (let step = 0; new URL(next.url).origin !== origin; step += 1) {
        if (step > limit) throw new Error(`the browser is sent about for ever, last to ${next.url}`)
        next = await follow(next, cookies, network())
      }
      put(next.url)
      arm()
    },
  }
}

/** Where a browser is sent, and the form that it posts there. */
interface Navigation {
  readonly url: string
  readonly form?: URLSearchParams
}

/** One navigation: its cookies, and where it leads. */
async function follow(
  { url, form }: Navigation,
  cookies: Map<string, string>,
  network: Network,
): Promise<Navigation> {
  const { host } = new URL(url)
  const own = [...cookies].filter(([key]) => key.startsWith(`${host} `))
  const cookie = own.map(([key, value]) => `${key.slice(host.length + 1)}=${value}`).join('; ')
  const headers = cookie === '' ? {} : { cookie }
  const post = form && { method: 'POST', body: form }
  const response = await network(new Request(url, { headers, ...post }))
  for (const line of response.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    if (/max-age=0/i.test(line)) cookies.delete(`${host} ${name}`)
    else cookies.set(`${host} ${name}`, value)
  }
  const next = response.headers.get('location')
  if (next !== null) return { url: new URL(next, url).href }
  const posted = readForm(await response.text())
  if (posted) return posted
  const { pathname } = new URL(url)
  throw new Error(`the browser stays at ${host}${pathname}, with status ${response.status}`)
}

/** The form of a page that posts it by itself. */
function readForm(html: string): Navigation | undefined {
  const text = html.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
  const url = /<form method="post" action="([^"]+)">/.exec(text)?.[1]
  if (url === undefined || !text.includes('.submit()')) return undefined
  const fields = [...text.matchAll(/name="(\w+)" value="(.*)">/g)]
  return {
    url,
    form: new URLSearchParams(fields.map(([, name = '', value = '']) => [name, value])),
  }
}

const simpleHeaders = /^(accept|accept-language|content-language|content-type)$/
const simpleTypes = /^(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\b/
const exposed = /^(cache-control|content-language|content-length|content-type|expires)$/

/** `fetch` as a page of `origin` has it: preflights, and what CORS keeps from it (Fetch §3.2). */
function pageFetch(origin: string, network: () => Network): typeof fetch {
  return async (input, init) => {
    const asked = new Request(input, init)
    const request = new Request(asked, { headers: [...asked.headers, ['origin', origin]] })
    const custom = [...asked.headers]
      .filter(([name, value]) => !isSimple(name, value))
      .map(([name]) => name)
    if (custom.length > 0 || !/^(GET|HEAD|POST)$/.test(asked.method)) {
      await preflight({ origin, url: asked.url, method: asked.method, custom }, network())
    }
    const response = await network()(request)
    if (response.type === 'error' || !isOpen(response, origin)) throw failed('the answer')
    if (asked.redirect !== 'manual' && response.status >= 300 && response.status < 400) {
      throw failed('a redirect')
    }
    const list = (response.headers.get('access-control-expose-headers') ?? '').toLowerCase()
    const shown = list.split(',').map((name) => name.trim())
    const headers = [...response.headers].filter(
      ([name]) => exposed.test(name) || shown.includes(name),
    )
    const body = /^(101|204|205|304)$/.test(String(response.status)) ? null : response.body
    return new Response(body, { status: response.status, headers })
  }
}

interface Asked {
  readonly origin: string
  readonly url: string
  readonly method: string
  readonly custom: readonly string[]
}

async function preflight({ origin, url, method, custom }: Asked, network: Network): Promise<void> {
  const response = await network(
    new Request(url, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': method,
        'access-control-request-headers': custom.join(','),
      },
    }),
  )
  const listed = (name: string): readonly string[] =>
    (response.headers.get(name) ?? '').split(',').map((one) => one.trim().toLowerCase())
  const headers = listed('access-control-allow-headers')
  const methods = ['get', 'head', 'post', ...listed('access-control-allow-methods')]
  const allowed =
    response.ok &&
    isOpen(response, origin) &&
    methods.includes(method.toLowerCase()) &&
    // The star does not stand for Authorization.
    custom.every(
      (name) => headers.includes(name) || (headers.includes('*') && name !== 'authorization'),
    )
  if (!allowed) throw failed('the preflight')
}

const isSimple = (name: string, value: string): boolean =>
  simpleHeaders.test(name) && (name !== 'content-type' || simpleTypes.test(value))

const isOpen = ({ headers }: Response, origin: string): boolean =>
  ['*', origin].includes(headers.get('access-control-allow-origin') ?? '')

const failed = (what: string): TypeError => new TypeError(`Failed to fetch: ${what} is refused`)

/** Own members are what is stored, as with the real one. */
function textStorage(): object {
  const methods: ThisType<Record<string, string>> & object = {
    getItem(key: string) {
      return Object.hasOwn(this, key) ? this[key] : null
    },
    setItem(key: string, value: string) {
      this[key] = value
    },
    removeItem(key: string) {
      delete this[key]
    },
    clear() {
      for (const key of Object.keys(this)) delete this[key]
    },
  }
  return Object.create(methods) as object
}
