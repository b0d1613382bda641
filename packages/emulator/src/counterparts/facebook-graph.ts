import type { Call, Handler } from '../counterpart.ts'
import { people, portrait, type Person } from '../people.ts'
import { json, svg } from '../serve/reply.ts'
import { endTokens, type Grant } from '../state.ts'

/** Where the pictures lie. */
export const imageHost = 'platform-lookaside.fbsbx.com'

/** Where RFC 6749 has a string, Graph has an object. */
export const failure = (code: number, message: string): unknown => ({
  error: { message, type: 'OAuthException', code, fbtrace_id: 'AEmulatedTrace' },
})

export const idOf = ({ number }: Person): string => `1022345670${number}`

/** `id` and `name`, unless `fields` says what is wanted. `email` may be absent whatever was granted. */
export const me = ({ person, scopes }: Grant, { url, origin }: Call): unknown => {
  const known: Record<string, unknown> = {
    id: idOf(person),
    name: person.name ?? person.handle,
    ...(scopes.includes('email') && person.email !== null && { email: person.email }),
    picture: {
      data: {
        height: 50,
        width: 50,
        is_silhouette: !person.picture,
        url: `${origin(imageHost)}/platform/profilepic/?asid=${idOf(person)}`,
      },
    },
  }
  const wanted = ['id', ...(url.searchParams.get('fields') ?? 'name').split(',')]
  return Object.fromEntries(Object.entries(known).filter(([name]) => wanted.includes(name)))
}

/** Takes the app off the person's list: all of its tokens for that person end. */
export const deauthorise = (held: Grant, { state }: Call): unknown => {
  endTokens(state, ({ grant }) => grant.clientId === held.clientId && grant.person === held.person)
  return { success: true }
}

/** A person's picture. */
export const image: Handler = ({ url }) => {
  const person = people.find((one) => idOf(one) === url.searchParams.get('asid'))
  return person ? svg(portrait(person)) : json(failure(100, 'Not Found'), 404)
}
