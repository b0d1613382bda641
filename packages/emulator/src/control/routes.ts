import { Hono } from 'hono'
import type { Context } from 'hono'
import { json } from '../serve/reply.ts'
import { readBody, readJson } from '../serve/read.ts'
import type { EmulatorControl, Endpoint, FailureKind } from './types.ts'

type Body = Readonly<Record<string, unknown>>

const endpoints: readonly Endpoint[] = ['token', 'refresh', 'revocation', 'api']

/** The control API over HTTP: JSON in, JSON out. Pages on loopback may call it, no other page. */
export function controlRoutes(control: EmulatorControl): Hono {
  const routes = new Hono()
  routes.use(async (context, next) => {
    const origin = context.req.header('origin')
    if (origin !== undefined && !isLoopback(origin)) {
      return json({ message: `Pages of ${origin} may not control the emulator.` }, 403)
    }
    if (context.req.method === 'OPTIONS') return cors(new Response(null, { status: 204 }), origin)
    await next()
    context.res = cors(context.res, origin)
    return undefined
  })

  const act = (path: string, run: (body: Body) => void): void => {
    routes.post(path, async ({ req }: Context) => {
      run(readJson((await readBody(req.raw)) ?? ''))
      return json({})
    })
  }
  act('/deny', (body) => control.denyNext(text(body, 'provider')))
  act('/approve', (body) => control.approveNext(text(body, 'provider'), optional(body, 'person')))
  act('/expire', (body) => control.expireTokens(text(body, 'provider')))
  act('/revoke', (body) => control.revoke(text(body, 'provider'), optional(body, 'person')))
  act('/fail', (body) => control.failNext(text(body, 'provider'), endpoint(body), kind(body)))
  act('/lifetime', (body) => control.setTokenLifetime(text(body, 'provider'), seconds(body)))
  act('/reset', () => control.reset())
  routes.get('/requests', ({ req }) => json(control.requests(req.query('provider'))))
  routes.onError((error) =>
    json({ message: error.message }, error instanceof TypeError ? 400 : 500),
  )
  return routes
}

function text(body: Body, name: string): string {
  const value = optional(body, name)
  if (value !== undefined) return value
  throw new TypeError(`[dance] Send JSON with "${name}"`)
}

function optional(body: Body, name: string): string | undefined {
  const value = body[name]
  return typeof value === 'string' ? value : undefined
}

function endpoint(body: Body): Endpoint {
  const at = endpoints.find((known) => known === body['at'])
  if (at) return at
  throw new TypeError(`[dance] "at" is one of ${endpoints.join(', ')}`)
}

function kind({ status, drop }: Body): FailureKind {
  if (drop === 'request' || drop === 'reply') return { drop }
  if (Number.isInteger(status) && Number(status) >= 400 && Number(status) <= 599) {
    return { status: Number(status) }
  }
  throw new TypeError('[dance] Say "status" (400 to 599), or "drop": "request" or "reply"')
}

function seconds(body: Body): number | undefined {
  const { seconds: value } = body
  if (value === undefined || value === null) return undefined
  if (Number.isInteger(value) && Number(value) > 0) return Number(value)
  throw new TypeError('[dance] "seconds" is a whole number above 0; leave it out for the default')
}

function cors(response: Response, origin: string | undefined): Response {
  if (origin === undefined) return response
  const headers = new Headers(response.headers)
  headers.set('Access-Control-Allow-Origin', origin)
  headers.set('Access-Control-Allow-Headers', 'Content-Type')
  headers.set('Vary', 'Origin')
  return new Response(response.body, { status: response.status, headers })
}

function isLoopback(origin: string): boolean {
  if (!URL.canParse(origin)) return false
  return /^((.+\.)?localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(origin).hostname)
}
