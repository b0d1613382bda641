import type { Call, Look } from '../counterpart.ts'
import { people, portrait, type Person } from '../people.ts'
import { readJson } from '../serve/read.ts'
import { json, svg } from '../serve/reply.ts'
import type { Grant } from '../state.ts'

/** How Jira looks, whichever way one signs in to it. */
export const jiraLook: Look = {
  colour: '#0052cc',
  button: '#0052cc',
  mark: 'M11.571 11.513H0a5.218 5.218 0 0 0 5.232 5.215h2.13v2.057A5.215 5.215 0 0 0 12.575 24V12.518a1.005 1.005 0 0 0-1.005-1.005zm5.723-5.756H5.736a5.215 5.215 0 0 0 5.215 5.214h2.129v2.058a5.218 5.218 0 0 0 5.215 5.214V6.758a1.001 1.001 0 0 0-1.001-1.001zM23.013 0H11.455a5.215 5.215 0 0 0 5.215 5.215h2.129v2.057A5.215 5.215 0 0 0 24 12.483V1.005A1.001 1.001 0 0 0 23.013 0Z',
  approve: 'Allow',
  decline: 'Deny',
}

const keyOf = ({ number }: Person): string => `JIRAUSER${number}`

/** `GET /rest/api/2/myself`, with the context path that it was asked below. */
export const me = ({ person }: Grant, { url, origin }: Call): unknown => {
  const base = origin() + url.pathname.replace(/\/rest\/.*/, '')
  const picture = (size: number): string =>
    `${base}/secure/useravatar?size=${size}&ownerId=${keyOf(person)}`
  return {
    self: `${base}/rest/api/2/user?username=${person.handle}`,
    key: keyOf(person),
    name: person.handle,
    emailAddress: person.email ?? '',
    displayName: person.name ?? person.handle,
    avatarUrls: { '16x16': picture(16), '24x24': picture(24), '48x48': picture(48) },
    active: true,
    timeZone: 'Europe/London',
  }
}

/** Writing wants JSON and says so: 415 for anything else. */
export const createIssue = (_grant: Grant, { request, body }: Call): unknown => {
  if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) {
    return json({ errorMessages: ['Unsupported Media Type'] }, 415)
  }
  const { fields } = readJson(body)
  if (typeof fields !== 'object' || fields === null) {
    return json({ errorMessages: [], errors: { fields: 'fields is required' } }, 400)
  }
  return json({ id: '10001', key: 'DANCE-1' }, 201)
}

export const avatar = ({ url }: Call): Response => {
  const person = people.find((one) => keyOf(one) === url.searchParams.get('ownerId'))
  return person ? svg(portrait(person)) : json({ errorMessages: ['Not Found'] }, 404)
}
