import { onGet, type Call, type Handler, type Route } from '../counterpart.ts'
import { people, portrait, type Person } from '../people.ts'
import { readJson } from '../serve/read.ts'
import { json, svg } from '../serve/reply.ts'
import type { Grant } from '../state.ts'

/** Where the pictures lie. */
export const imageHost = 'pbs.twimg.com'

/** An error of the API's version 2: a problem document (RFC 9457). */
export const problem = (status: number, title: string, detail: string = title): Response =>
  json({ title, detail, type: 'about:blank', status }, status)

export const idOf = ({ number }: Person): string => `224499${number}`
export const screenName = ({ handle }: Person): string => handle.replaceAll('-', '_')
export const nameOf = (person: Person): string => person.name ?? screenName(person)

export const pictureOf = (person: Person, { origin }: Call): string =>
  person.picture
    ? `${origin(imageHost)}/profile_images/${idOf(person)}/portrait_normal.jpg`
    : `${origin(imageHost)}/sticky/default_profile_normal.png`

/** Version 2 answers `id`, `name` and `username`; the rest only if `user.fields` names it. */
export const me = ({ person, scopes }: Grant, call: Call): unknown => {
  const wanted = call.url.searchParams.get('user.fields')?.split(',') ?? []
  const further = Object.entries({
    profile_image_url: pictureOf(person, call),
    verified: false,
    created_at: '2009-12-10T00:00:00.000Z',
    ...(scopes.includes('users.email') && { confirmed_email: person.email }),
  }).filter(([name]) => wanted.includes(name))
  return {
    data: {
      id: idOf(person),
      name: nameOf(person),
      username: screenName(person),
      ...Object.fromEntries(further),
    },
  }
}

export const post = (_grant: Grant, { body }: Call): unknown => {
  const { text } = readJson(body)
  if (typeof text !== 'string' || text === '' || text.length > 280) {
    return problem(400, 'Invalid Request', 'One or more parameters to your request was invalid.')
  }
  const id = String(crypto.getRandomValues(new Uint32Array(1))[0])
  return json({ data: { id, text, edit_history_tweet_ids: [id] } }, 201)
}

const image: Handler = ({ params }) => {
  const person = people.find((candidate) => idOf(candidate) === params['id'])
  return person?.picture ? svg(portrait(person)) : json({ message: 'Not Found' }, 404)
}

const blank: Handler = () =>
  svg(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path fill="#8899a6" d="M0 0h1v1H0"/></svg>',
  )

/** X's picture host. */
export const pictures: readonly Route[] = [
  onGet('/profile_images/:id/:file', 'asset', image, { host: imageHost }),
  onGet('/sticky/default_profile_normal.png', 'asset', blank, { host: imageHost }),
]
