import { Hono } from 'hono'
import type { Context } from 'hono'
import { createControl } from '../control/control.ts'
import { controlRoutes } from '../control/routes.ts'
import { consentRoutes } from '../consent/answer.ts'
import { homePage } from '../consent/home.ts'
import type { Call, Counterpart, Route } from '../counterpart.ts'
import type { EmulatorControl } from '../control/types.ts'
import { answer } from './answer.ts'
import { addressedUrl, isHome, originOf, placeOf } from './hosts.ts'
import { addToLog, describe } from './log.ts'
import { readBody, readForm } from './read.ts'
import { json } from './reply.ts'
import type { World } from '../world.ts'

/** One Hono app for all virtual hosts: the host becomes the first part of the path it routes by. */
export function createApp(world: World): { app: Hono; control: EmulatorControl } {
  const base = new URL(world.url)
  const control = createControl(world)
  const app = new Hono({ getPath: (request) => routedPath(addressedUrl(request, base), world) })

  for (const counterpart of world.counterparts) {
    const all = [...counterpart.routes, ...counterpart.hosts.flatMap(consentRoutes)]
    const hostOf = ({ host }: Route): string => host ?? counterpart.hosts[0]
    for (const route of all) {
      const host = hostOf(route)
      const routes = all.filter((other) => other.path === route.path && hostOf(other) === host)
      app.all(routePath(counterpart, host, route.path), (context) =>
        serve(context, { world, base, counterpart, host, routes }),
      )
    }
  }
  app.get('/~/', () => homePage(world))
  app.route('/~/_emulator', controlRoutes(control))
  app.notFound(({ req }) => json({ message: notFound(addressedUrl(req.raw, base), world) }, 404))
  app.onError((error) => json({ message: `The emulator failed: ${error.message}` }, 500))
  return { app, control }
}

interface Served {
  readonly world: World
  readonly base: URL
  readonly counterpart: Counterpart
  readonly host: string
  readonly routes: readonly Route[]
}

async function serve(context: Context, served: Served): Promise<Response> {
  const { world, base, counterpart, host, routes } = served
  const request = context.req.raw
  const body = await readBody(request)
  if (body === undefined) return json({ message: 'The body is too large.' }, 413)
  const call: Call = {
    counterpart,
    registrations: world.registrations[counterpart.id] ?? [],
    state: world.state(counterpart.id),
    now: world.now(),
    signingKey: world.signingKey,
    request,
    url: addressedUrl(request, base),
    params: context.req.param(),
    body,
    form: readForm(request, body),
    origin: (other = counterpart.hosts[0]) => originOf({ counterpart, host: other }, base),
  }
  const response = await answer(call, routes)
  const route = routes.find(({ method }) => method === request.method) ?? routes[0]
  addToLog(
    world.log,
    describe(call, { endpoint: route?.endpoint ?? 'other', host }, response.status),
  )
  return response
}

const routePath = ({ id }: Counterpart, host: string, path: string): string =>
  `/${id}/${host}${path}`

function routedPath({ hostname, pathname }: URL, { url, counterparts }: World): string {
  const base = new URL(url).hostname
  const place = placeOf(hostname, base, counterparts)
  if (place) return routePath(place.counterpart, place.host, pathname)
  return isHome(hostname, base) ? `/~${pathname}` : '/?'
}

function notFound(url: URL, { url: base, counterparts }: World): string {
  const { hostname } = new URL(base)
  if (isHome(url.hostname, hostname) || placeOf(url.hostname, hostname, counterparts)) {
    return 'Not Found'
  }
  const known = counterparts.flatMap((counterpart) =>
    counterpart.hosts.map((host) => originOf({ counterpart, host }, new URL(base))),
  )
  return `Nothing is emulated at ${url.host}. Known are ${known.join(', ')}`
}
