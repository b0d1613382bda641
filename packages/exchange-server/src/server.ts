import { Hono, type Context } from 'hono'
import { admit } from './admit.ts'
import { readConfig } from './config/config.ts'
import { OAuthError } from './errors.ts'
import { createExchange, type Call, type Exchange } from './exchange.ts'
import { corsHeaders, preflight } from './guards/cors.ts'
import { relayedHeaders } from './guards/headers.ts'
import { admitOrigin } from './guards/origin.ts'
import { observe } from './observe/observer.ts'
import { requestId } from './observe/request-id.ts'
import { timed } from './observe/timed.ts'
import type { RouteName } from './observe/types.ts'
import { rawTarget } from './raw-target.ts'
import { json, type Reply } from './reply.ts'
import { authorize } from './routes/authorize.ts'
import { callback } from './routes/callback.ts'
import { healthz, readyz } from './routes/health.ts'
import { metadata } from './routes/metadata.ts'
import { relay, relayMethods } from './routes/relay.ts'
import { revoke } from './routes/revoke.ts'
import { token } from './routes/token.ts'
import type { ExchangeOptions } from './types.ts'

type Handler = (exchange: Exchange, call: Call) => Promise<Reply>
type Handlers = Readonly<Record<string, Handler>>

/**
 * Creates the exchange: an OAuth 2.1 authorization server in front of each client's provider. It
 * uses only Fetch and WebCrypto, and keeps no state but what `options.store` holds.
 *
 * @returns a Hono app: `app.fetch(request)` is all that a platform needs
 * @throws ExchangeConfigError that lists everything wrong with the options
 */
export function createExchangeServer(options: ExchangeOptions): Hono {
  const exchange = createExchange(readConfig(options), options)
  const { basePath } = exchange.config
  const wellKnown = '/.well-known/oauth-authorization-server'
  const app = new Hono({ strict: true })

  const route = (path: string, entry: Route): void => {
    app.all(path, (c) => answer(exchange, options, c, entry))
  }
  route(`${basePath}/healthz`, { name: 'healthz', handlers: { GET: healthz } })
  route(`${basePath}/readyz`, { name: 'readyz', handlers: { GET: readyz } })
  const described: Route = { name: 'metadata', handlers: { GET: metadata } }
  route(`${wellKnown}${basePath}/:client`, described)
  route(`${basePath}/:client${wellKnown}`, described)
  route(`${basePath}/:client/authorize`, { name: 'authorize', handlers: { GET: authorize } })
  const returned = { GET: callback, POST: callback }
  route(`${basePath}/:client/callback`, { name: 'callback', handlers: returned })
  route(`${basePath}/:client/token`, { name: 'token', handlers: { POST: token }, cors: ['POST'] })
  route(`${basePath}/:client/revoke`, {
    name: 'revoke',
    handlers: { POST: revoke },
    cors: ['POST'],
  })
  const handlers = Object.fromEntries(relayMethods.map((method) => [method, relay]))
  for (const api of ['api', 'api/*', ':api{api-[1-9][0-9]?}', ':api{api-[1-9][0-9]?}/*']) {
    route(`${basePath}/:client/${api}`, { name: 'api', handlers, cors: relayMethods })
  }
  app.notFound((c) => answer(exchange, options, c, { name: 'none', handlers: {} }))
  return app
}

interface Route {
  readonly name: RouteName
  readonly handlers: Handlers
  /** The methods that pages may use; the Origin gate stands before them. */
  readonly cors?: readonly string[]
}

/** Runs the handler, and makes the one `Response` of what it says or throws. */
async function answer(
  exchange: Exchange,
  hooks: ExchangeOptions,
  c: Context,
  route: Route,
): Promise<Response> {
  const started = performance.now()
  const request = c.req.raw
  const id = requestId(request.headers.get('x-request-id'))
  const { transport, waited } = timed(exchange.transport)
  let shared: Record<string, string> = {
    'Cache-Control': 'no-store',
    Vary: 'Origin',
    'X-Request-Id': id,
  }
  let reply: Reply
  try {
    if (route.cors) {
      shared = { ...shared, ...corsHeaders(admitOrigin(exchange.config, request)) }
    }
    reply = await dispatch({ ...exchange, transport }, c, route)
  } catch (error) {
    reply = failure(error)
  }
  const client = exchange.config.clients.get(c.req.param('client') ?? '')?.name
  const ms = performance.now() - started
  const { method } = request
  observe(hooks, { id, method, route: route.name, client, ms, upstreamMs: waited() }, reply)
  return toResponse(reply, shared)
}

async function dispatch(exchange: Exchange, c: Context, route: Route): Promise<Reply> {
  const { name: routeName, handlers, cors } = route
  const request = c.req.raw
  const name = c.req.param('client')
  const client = name === undefined ? undefined : exchange.config.clients.get(name)
  const methods = Object.keys(handlers)
  if (methods.length === 0 || (name !== undefined && !client)) {
    throw new OAuthError(404, 'not_found', 'There is nothing at this address.')
  }
  if (request.method === 'OPTIONS' && cors && client) {
    return preflight(cors, cors.length > 1 ? relayedHeaders(client.provider.api?.headers) : [])
  }
  const handler = Object.hasOwn(handlers, request.method) ? handlers[request.method] : undefined
  if (!handler) {
    const Allow = [...methods, ...(cors ? ['OPTIONS'] : [])].join(', ')
    throw new OAuthError(405, 'invalid_request', `Use ${methods.join(' or ')}.`, {
      headers: { Allow },
    })
  }
  // The health routes have no client, and look at nothing of the call.
  if (!client) return handler(exchange, {} as Call)
  const asked = { request, client, target: targetOf(c) }
  const asPage = routeName === 'authorize' || routeName === 'callback'
  return admit(exchange, c, asked, asPage, (call) => handler(exchange, call))
}

/** The raw request target: `./node` hands it over, elsewhere the parsed URL is all there is. */
function targetOf(c: Context): string {
  const { [rawTarget]: target }: { [rawTarget]?: unknown } = c.env ?? {}
  return typeof target === 'string' ? target : c.req.raw.url.replace(/^[a-z]+:\/\/[^/?#]*/i, '')
}

function failure(error: unknown): Reply {
  if (!(error instanceof OAuthError)) {
    // Never its message: it may hold anything. Its kind is enough to find it.
    const kind = error instanceof Error ? error.name : typeof error
    const body = { error: 'server_error' }
    return { ...json(500, body), failure: { ...body, reason: `unexpected ${kind}` } }
  }
  const { status, code, message, headers, reason, upstream } = error
  return {
    ...json(status, { error: code, error_description: message }, headers),
    failure: { error: code, reason, upstream },
  }
}

function toResponse(
  { status, headers, cookies, body = null }: Reply,
  shared: Record<string, string>,
): Response {
  const all = { ...shared, ...headers }
  if (!cookies || cookies.length === 0) return new Response(body, { status, headers: all })
  const pairs = cookies.map((cookie): [string, string] => ['Set-Cookie', cookie])
  return new Response(body, { status, headers: [...Object.entries(all), ...pairs] })
}
