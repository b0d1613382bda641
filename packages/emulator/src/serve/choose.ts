import type { Route } from '../counterpart.ts'
import type { World } from '../world.ts'
import type { Place } from './hosts.ts'
import { readBody, readForm } from './read.ts'

/** One of those who answer on a path of a host. */
export interface Shared {
  readonly place: Place
  readonly routes: readonly Route[]
}

/**
 * Who of those that share a path is asked: the one whose kind of credential is sent, and of several
 * the one that knows something of what is sent, a token, a code or an app. Else it is the first.
 */
export async function choose(
  shared: readonly Shared[],
  request: Request,
  world: World,
): Promise<Shared> {
  const [first] = shared
  if (!first) throw new Error('nobody answers here')
  if (shared.length === 1) return first
  const [scheme = '', credential = ''] = request.headers.get('authorization')?.split(' ') ?? []
  const isSigned = scheme.toLowerCase() === 'oauth'
  const fitting = shared.filter(
    ({ place }) => scheme === '' || (place.counterpart.signed ?? false) === isSigned,
  )
  const copy = request.clone()
  const form = readForm(copy, (await readBody(copy)) ?? '') ?? new URLSearchParams()
  const sent = [credential, ...form.values(), ...new URL(request.url).searchParams.values()]
  const knowing = fitting.find(({ place: { counterpart } }) => {
    const { tokens, codes, questions } = world.state(counterpart.id)
    const apps = world.registrations[counterpart.id] ?? []
    return sent.some(
      (value) =>
        tokens.has(value) ||
        codes.has(value) ||
        questions.has(value) ||
        apps.some(({ clientId }) => clientId === value),
    )
  })
  return knowing ?? fitting[0] ?? first
}
