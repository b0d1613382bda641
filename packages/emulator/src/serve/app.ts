import { Hono } from 'hono'
import type { Context } from 'hono'
import { createControl } from '../control/control.ts'
import { controlRoutes } from '../control/routes.ts'
import { consentRoutes } from '../consent/answer.ts'
import { homePage } from '../consent/home.ts'
import type { Call, Counterpart, Route } from '../counterpart.ts'
import type { EmulatorControl } from '../control/types.ts'
import { answer } from './answer.ts'
import { choose, type Shared } from './choose.ts'
import { addressedUrl, isHome, originOf, placeOf, type Place } from './hosts.ts'
import { addToLog, describe } from './log.ts'
import { readBody, readForm } from './read.ts'
import { json } from './reply.ts'
import type { World } from '../world.ts'

interface App {
  readonly app: Hono
  readonly control: EmulatorControl
  readonly emulates: (request: Request) => boolean
}

/** One Hono app for all hosts: the host becomes the first part of the path it routes by. */
export function createApp(world: World): App {
  const base = new URL(world.url)
  const control = createControl(world)
  const urlOf = (request: Request): URL => addressedUrl(request, base, world.hosts)
  const getPath = (request: Request): string => routedPath(urlOf(request), world)
  const app = new Hono({ getPath })

  for (const counterpart of world.counterparts) {
    for (const host of counterpart.hosts) {
      for (const [path, routes] of routesByPath(counterpart, host)) {
        app.all(routePath({ counterpart, host }, path), (context) =>
          serve(context, { world, url: urlOf(context.req.raw), counterpart, host, routes }),
        )
      }
    }
  }
  for (const [name, places] of world.hosts) {
    for (const [path, shared] of placesByPath(registeredFirst(places, world))) {
      app.all(`/@/${name}${path}`, async (context) => {
        const { place, routes } = await choose(shared, context.req.raw, world)
        return serve(context, { world, url: urlOf(context.req.raw), ...place, routes })
      })
    }
  }
  app.get('/~/', () => homePage(world))
  app.route('/~/_emulator', controlRoutes(control))
  app.notFound(({ req }) => json({ message: notFound(urlOf(req.raw), world) }, 404))
  app.onError((error) => json({ message: `The emulator failed: ${error.message}` }, 500))
  return {
    app,
    control,
    emulates: (request) => {
      const { hostname } = urlOf(request)
      return world.hosts.has(hostname)
        ? app.router.match(request.method, getPath(request))[0].length > 0
        : placeOf(hostname, base.hostname, world.counterparts) !== undefined
    },
  }
}

/** The routes of one host, those of the same path together. */
function routesByPath(counterpart: Counterpart, host: string): ReadonlyMap<string, Route[]> {
  const paths = new Map<string, Route[]>()
  for (const route of [...counterpart.routes, ...consentRoutes(host)]) {
    if ((route.host ?? counterpart.hosts[0]) !== host) continue
    paths.set(route.path, [...(paths.get(route.path) ?? []), route])
  }
  return paths
}

const registeredFirst = (places: readonly Place[], { registrations }: World): readonly Place[] =>
  places.toSorted(
    (one, other) =>
      (registrations[other.counterpart.id]?.length ?? 0) -
      (registrations[one.counterpart.id]?.length ?? 0),
  )

/** Who answers on which path of one host: more than one where they share it. */
function placesByPath(places: readonly Place[]): ReadonlyMap<string, readonly Shared[]> {
  const paths = new Map<string, Shared[]>()
  for (const place of places) {
    for (const [path, routes] of routesByPath(place.counterpart, place.host)) {
      paths.set(path, [...(paths.get(path) ?? []), { place, routes }])
    }
  }
  return paths
}

interface Served extends Place {
  readonly world: World
  readonly url: URL
  readonly routes: readonly Route[]
}

async function serve(
  context: Context,
  { world, url, counterpart, host, routes }: Served,
): Promise<Response> {
  const request = context.req.raw
  const body = await readBody(request)
  if (body === undefined) return json({ message: 'The body is too large.' }, 413)
  const base = new URL(world.url)
  const isReal = world.hosts.has(url.hostname)
  const call: Call = {
    counterpart,
    registrations: world.registrations[counterpart.id] ?? [],
    state: world.state(counterpart.id),
    now: world.now(),
    signingKey: world.signingKey,
    request,
    url,
    params: context.req.param(),
    body,
    form: readForm(request, body),
    origin: (other = counterpart.hosts[0]) => {
      if (!isReal) return originOf({ counterpart, host: other }, base)
      return other === host ? url.origin : `https://${other}`
    },
  }
  const response = await answer(call, routes)
  const route = routes.find(({ method }) => method === request.method) ?? routes[0]
  addToLog(
    world.log,
    describe(call, { endpoint: route?.endpoint ?? 'other', host }, response.status),
  )
  return response
}

const routePath = ({ counterpart, host }: Place, path: string): string =>
  `/${counterpart.id}/${host}${path}`

function routedPath({ hostname, pathname }: URL, { url, counterparts, hosts }: World): string {
  if (hosts.has(hostname)) return `/@/${hostname}${pathname}`
  const base = new URL(url).hostname
  const place = placeOf(hostname, base, counterparts)
  if (place) return routePath(place, pathname)
  return isHome(hostname, base) ? `/~${pathname}` : '/?'
}

function notFound(url: URL, { url: base, counterparts, hosts }: World): string {
  const { hostname } = new URL(base)
  if (hosts.has(url.hostname) || isHome(url.hostname, hostname)) return 'Not Found'
  if (placeOf(url.hostname, hostname, counterparts)) return 'Not Found'
  const known = counterparts.flatMap((counterpart) =>
    counterpart.hosts.map((host) => originOf({ counterpart, host }, new URL(base))),
  )
  return `Nothing is emulated at ${url.host}. Known are ${known.join(', ')}`
}
