import { findFailure } from '../control/script.ts'
import type { Call, Cors, Route } from '../counterpart.ts'
import { json } from './reply.ts'

/**
 * Answers a request by one of the routes of its path, with the CORS headers, wrong-method answers
 * and scripted failures that are the same for all.
 *
 * @returns `Response.error()` where the connection is to be dropped
 */
export async function answer(call: Call, routes: readonly Route[]): Promise<Response> {
  const method = call.request.method === 'HEAD' ? 'GET' : call.request.method
  if (method === 'OPTIONS') return preflight(call, routes)
  const route = routes.find((candidate) => candidate.method === method)
  if (!route) return wrongMethod(call, routes)

  const failure = findFailure(call, route.endpoint)
  if (failure && 'status' in failure) {
    const error = {
      error: 'temporarily_unavailable',
      error_description: 'Scripted by the emulator.',
    }
    return withCors(json(error, failure.status), route.cors)
  }
  if (failure?.drop === 'request') return Response.error()
  const response = await route.handle(call)
  if (failure?.drop === 'reply') return Response.error()
  return withCors(response, route.cors)
}

function preflight(call: Call, routes: readonly Route[]): Response {
  const open = routes.filter(({ cors }) => cors)
  const wanted = call.request.headers.get('access-control-request-method')
  const route = open.find(({ method }) => method === wanted) ?? open[0]
  if (!route?.cors) return wrongMethod(call, routes)
  return new Response(null, {
    status: 204,
    headers: {
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Methods': open.map(({ method }) => method).join(', '),
      'Access-Control-Allow-Headers': route.cors.headers.join(', '),
      'Access-Control-Max-Age': '600',
    },
  })
}

function wrongMethod({ counterpart }: Call, routes: readonly Route[]): Response {
  const status = counterpart.wrongMethod ?? 405
  const allow = routes.map(({ method }) => method).join(', ')
  return status === 404
    ? json({ message: 'Not Found' }, 404)
    : json({ message: '405: Method Not Allowed', code: 0 }, 405, { Allow: allow })
}

function withCors(response: Response, cors: Cors | undefined): Response {
  if (!cors) return response
  response.headers.set('Access-Control-Allow-Origin', '*')
  if (cors.exposes) response.headers.set('Access-Control-Expose-Headers', cors.exposes.join(', '))
  return response
}
