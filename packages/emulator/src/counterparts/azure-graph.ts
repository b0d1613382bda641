import { onGet, type Cors, type Route } from '../counterpart.ts'
import { api, type ApiRules } from '../oauth2/api.ts'
import { portrait, type Person } from '../people.ts'
import { json, svg } from '../serve/reply.ts'
import type { Grant } from '../state.ts'

export const graphHost = 'graph.microsoft.com'

/** The user principal name: what people sign in with. */
export const upnOf = ({ handle }: Person): string => `${handle}@contoso.onmicrosoft.com`
export const objectIdOf = ({ number }: Person): string =>
  `00000000-0000-0000-66f3-33320000${number}`

const failure = (code: string, message: string): unknown => ({ error: { code, message } })

const rules: ApiRules = {
  schemes: ['bearer'],
  unauthorized: (sent) =>
    failure(
      'InvalidAuthenticationToken',
      sent ? 'Lifetime validation failed, the token is expired.' : 'Access token is empty.',
    ),
  missingScope: failure('Authorization_RequestDenied', 'Insufficient privileges.'),
}

const me = ({ person }: Grant): unknown => ({
  '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#users/$entity',
  id: objectIdOf(person),
  displayName: person.name ?? person.handle,
  mail: person.email,
  userPrincipalName: upnOf(person),
})

/** Binary, and so no member of the profile. */
const photo = ({ person }: Grant): Response =>
  person.picture
    ? svg(portrait(person))
    : json(failure('ImageNotFound', 'The photo was not found.'), 404)

const cors: Cors = { headers: ['Authorization', 'Content-Type', 'ConsistencyLevel', 'Prefer'] }
const place = { host: graphHost, cors }

/** Microsoft Graph, as far as a sign-in goes. */
export const graph: readonly Route[] = [
  onGet('/v1.0/me', 'api', api(rules, ['User.Read'], me), place),
  onGet('/v1.0/me/photo/$value', 'api', api(rules, ['User.Read'], photo), place),
]
